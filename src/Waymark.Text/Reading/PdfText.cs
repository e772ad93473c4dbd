using System.ComponentModel;
using System.Diagnostics;

namespace Waymark.Text.Reading;

/// <summary>The words of a PDF, by pdftotext (poppler-utils), which keeps the columns of tables apart.</summary>
internal static class PdfText
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static string Read(string name, byte[] bytes)
    {
        var file = Path.Combine(Path.GetTempPath(), $"waymark-{Guid.NewGuid():N}.pdf");
        File.WriteAllBytes(file, bytes);
        try
        {
            using var process = Process.Start(new ProcessStartInfo("pdftotext", ["-layout", "-enc", "UTF-8", file, "-"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            var text = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(Limit))
            {
                process.Kill(entireProcessTree: true);
                throw new UnreadableDocumentException($"{name} could not be read within a minute.");
            }

            return process.ExitCode == 0 ? text.Result : throw new UnreadableDocumentException($"{name} could not be read: {errors.Result.Trim()}");
        }
        catch (Win32Exception)
        {
            throw new UnreadableDocumentException($"{name} is a PDF, and pdftotext is not installed here. Install poppler-utils, or save the document as text or DOCX.");
        }
        finally
        {
            File.Delete(file);
        }
    }
}
