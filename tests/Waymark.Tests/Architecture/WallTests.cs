using System.Xml.Linq;
using Shouldly;
using Xunit;

namespace Waymark.Tests.Architecture;

/// <summary>
/// Why walls: a module that knows only the kernel can be changed, or left out, without reading another. Modules meet through pathways opened by key, care events,
/// facts about people and contributions; the demo, which knows them all, must never be needed by any.
/// </summary>
public sealed class WallTests
{
    private static readonly Dictionary<string, List<string>> References = SourceTree.Files("src", "*.csproj").ToDictionary(
        f => Path.GetFileNameWithoutExtension(f.Path),
        f => XDocument.Parse(f.Text).Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/'))).ToList());

    [Fact]
    public void Modules_ReferenceKernelAndTextOnly() =>
        References.Where(p => p.Key is not ("Waymark" or "Waymark.Demo" or "Waymark.Kernel" or "Waymark.Text"))
            .SelectMany(p => p.Value.Except(["Waymark.Kernel", "Waymark.Text"]).Select(other => $"{p.Key} references {other}"))
            .ShouldBeEmpty();

    [Fact]
    public void Kernel_ReferencesTextAtMost() => References["Waymark.Kernel"].Except(["Waymark.Text"]).ShouldBeEmpty();

    [Fact]
    public void Demo_IsReferencedByTheHostOnly() => References.Where(p => p.Value.Contains("Waymark.Demo")).Select(p => p.Key).ShouldBe(["Waymark"]);

    [Fact]
    public void Packages_AreVersionedInOnePlace() =>
        SourceTree.Files("src", "*.csproj").Concat(SourceTree.Files("tests", "*.csproj"))
            .SelectMany(f => XDocument.Parse(f.Text).Descendants("PackageReference").Where(p => p.Attribute("Version") is not null).Select(p => $"{f.Path}: {p.Attribute("Include")!.Value}"))
            .ShouldBeEmpty();
}
