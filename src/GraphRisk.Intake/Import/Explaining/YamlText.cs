using System.Globalization;
using System.Text;

namespace GraphRisk.Intake.Import.Explaining;

/// <summary>Texts as YAML holds them, whatever stands in them.</summary>
internal static class YamlText
{
    /// <summary>Words that YAML takes for something else than text.</summary>
    private static readonly string[] Taken = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];

    /// <summary>A text as a plain word where it is one, quoted and escaped otherwise.</summary>
    public static string Quoted(string text)
    {
        if (IsPlain(text)) return text;
        var quoted = new StringBuilder("\"");
        foreach (var character in text)
        {
            if (character is '"' or '\\') quoted.Append('\\').Append(character);
            else if (char.IsControl(character) || char.IsSurrogate(character) || character is '\u2028' or '\u2029' or '\ufeff') quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
            else quoted.Append(character);
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>A text in a comment: one line of it.</summary>
    public static string Remark(string text) => string.Concat(text.Select(character => char.IsControl(character) || character is '\u2028' or '\u2029' ? ' ' : character));

    /// <summary>Whether a text can be a name without quotes, here and in a template.</summary>
    public static bool IsPlain(string text) => text.Length > 0 && !char.IsDigit(text[0])
        && text.All(character => char.IsLetterOrDigit(character) || character is '_') && !Taken.Contains(text.ToLowerInvariant());
}
