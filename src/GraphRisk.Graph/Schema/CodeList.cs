using System.Collections.Frozen;

namespace GraphRisk.Graph.Schema;

/// <summary>
/// What the codes of a classification are called, in Chinese and English: <c>graph-schema/codes/NAME.csv</c> with the columns code, zh and en. A longer
/// code of the same classification is called as the longest code of the list it begins with: 440300 (Shenzhen) as 44 (Guangdong). A letter more is another
/// code: CHN is not CH.
/// </summary>
public sealed class CodeList
{
    private const string Folder = "codes/", Ending = ".csv", Header = "code,zh,en";

    private readonly FrozenDictionary<string, (string Chinese, string English)> names;

    private CodeList(string name, Dictionary<string, (string, string)> names)
    {
        Name = name;
        this.names = names.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Name of the list, such as <c>gb-t-2260</c>.</summary>
    public string Name { get; }

    /// <summary>What a code is called; null for one that is in no form of the list.</summary>
    public (string Chinese, string English)? Find(string code)
    {
        for (var length = code.Length; length > 0; length--)
            if ((length == code.Length || !char.IsAsciiLetter(code[length])) && names.TryGetValue(code[..length], out var found)) return found;
        return null;
    }

    /// <summary>The list that a file of the schema's folder holds; null where it holds none.</summary>
    internal static string? NameOf(string file) => file.StartsWith(Folder, StringComparison.Ordinal) && file.EndsWith(Ending, StringComparison.Ordinal)
        ? file[Folder.Length..^Ending.Length] : null;

    /// <exception cref="SchemaException">The text is not such a list.</exception>
    internal static CodeList Parse(string name, string file, string text)
    {
        var lines = text.Split('\n', StringSplitOptions.TrimEntries);
        if (lines[0] != Header) throw new SchemaException(new SourceLocation(file, 1), $"A list of codes begins with '{Header}'.");
        var names = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        for (var line = 1; line < lines.Length; line++)
        {
            if (lines[line].Length == 0) continue;
            if (lines[line].Split(',', StringSplitOptions.TrimEntries) is not [{ Length: > 0 } code, { Length: > 0 } chinese, { Length: > 0 } english])
                throw new SchemaException(new SourceLocation(file, line + 1), $"'{lines[line]}' is not a code with its name in Chinese and English.");
            if (!names.TryAdd(code, (chinese, english))) throw new SchemaException(new SourceLocation(file, line + 1), $"The code '{code}' is there twice.");
        }

        return new CodeList(name, names);
    }
}
