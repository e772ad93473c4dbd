using Waymark.Text.Words;

namespace Waymark.Text.Numbers;

public enum TokenKind { Word, Number, Punctuation, Marker }

/// <summary>A word, number or mark of a passage, with where it stands.</summary>
public sealed class Token
{
    public required TokenKind Kind { get; init; }
    public required int Start { get; init; }
    public required int End { get; set; }
    public Word? Word { get; init; }

    /// <summary>Of a phrase, its concept ("carehome"); else the word's.</summary>
    public string Concept { get; set; } = "";

    /// <summary>A mark, or what stands before or after the digits: "£", "%", "+", "m".</summary>
    public char Mark { get; init; }
    public decimal Value { get; set; }
    public int Decimals { get; init; }
    public bool HasSeparator { get; init; }
    public bool IsCapital { get; init; }

    /// <summary>Taken up by a date, an age, a label, a threshold or a phrase: no figure of its own.</summary>
    public bool Taken { get; set; }

    public bool IsWord(string text) => Word is not null && Word.Text == text;

    public bool Is(WordRoles role) => Word is not null && Word.Is(role);
}
