using GraphRisk.Matching.Values;

namespace GraphRisk.Matching.Records;

/// <summary>
/// What one object of a list says, as values of columns: the parts of a name become one name, <c>Smith, Robert E</c>, those of an address one
/// address, and a number that a register gave keeps its register's country or state behind it (<see cref="RegisterMark"/>), since
/// the same number of two registers is two numbers. What only qualifies another part (ADDR_TYPE), or points to another record
/// (REL_POINTER_KEY), is nothing by itself.
/// </summary>
internal sealed class FeatureParts
{
    /// <summary>Between a number and its register.</summary>
    public const char RegisterMark = '\u001f';

    private const int City = 4;
    private const int State = 5;

    private static readonly Dictionary<string, int> NameParts = new(StringComparer.Ordinal)
    {
        ["last"] = 0, ["family"] = 0, ["surname"] = 0, ["first"] = 1, ["given"] = 1, ["forename"] = 1, ["middle"] = 2, ["suffix"] = 3, ["generation"] = 3,
    };

    private static readonly Dictionary<string, int> AddressParts = new(StringComparer.Ordinal)
    {
        ["full"] = 0, ["number"] = 1, ["house"] = 1, ["line"] = 2, ["street"] = 2, ["unit"] = 3, ["suburb"] = City, ["city"] = City, ["town"] = City, ["locality"] = City,
        ["state"] = State, ["province"] = State, ["region"] = State, ["postal"] = 6, ["postcode"] = 6, ["zip"] = 6, ["country"] = 7,
    };

    private static readonly string[] Pointing = ["REL_POINTER", "REL_ANCHOR"];
    private static readonly string[] Qualifying = ["type", "usage", "from", "thru", "label"];
    private static readonly string[] Registers = ["country", "state"];

    private readonly List<(string Key, List<string> Words, string Text)> parts = [];

    /// <summary>Forgets the object before.</summary>
    public void Clear() => parts.Clear();

    /// <summary>Adds a field that says something.</summary>
    public void Add(string key, string text)
    {
        if (string.IsNullOrWhiteSpace(text) || Array.Exists(Pointing, start => key.StartsWith(start, StringComparison.OrdinalIgnoreCase))) return;
        parts.Add((key, HeadingWords.Of(key), text.Trim()));
    }

    /// <summary>Columns and their values.</summary>
    /// <param name="path">Name of the list the object stands in; empty for a list of features.</param>
    public IEnumerable<(string Column, string Text)> Compose(string path)
    {
        var of = HeadingWords.Of(path);
        var isName = of.Exists(word => word is "name" or "names" or "alias" or "aliases");
        var isAddress = of.Exists(word => word is "addr" or "address" or "addresses" or "location" or "locations");
        var names = Parts(NameParts, words => isName || words.Contains("name"));
        var addresses = Parts(AddressParts, words => isAddress || words.Contains("addr") || words.Contains("address") && !words.Contains("email"));
        var taken = names.Concat(addresses).Select(part => part.Key).ToHashSet(StringComparer.Ordinal);
        if (names.Count > 0) yield return (Within(path, "NAME"), NameOf(names));
        if (addresses.Count > 0) yield return (Within(path, "ADDR"), AddressOf(addresses));
        foreach (var (key, words, text) in parts)
        {
            if (taken.Contains(key) || words is [.., var end] && words.Count > 1 && words[0] != "record" && Array.IndexOf(Qualifying, end) >= 0) continue;
            if (words is ["name", "full"]) yield return (Within(path, "NAME"), text);
            else if (words is [.., "number"]) yield return (Within(path, key), RegisterOf(words) is { } register ? $"{text}{RegisterMark}{register}" : text);
            else if (!IsRegister(words)) yield return (Within(path, key), text);
        }
    }

    private List<(string Key, int Order, string Text)> Parts(Dictionary<string, int> table, Func<List<string>, bool> isOf)
    {
        var found = new List<(string, int, string)>();
        foreach (var (key, words, text) in parts)
            if (isOf(words) && words.FindIndex(table.ContainsKey) is var at and >= 0) found.Add((key, table[words[at]], text));
        return found;
    }

    private static string NameOf(List<(string Key, int Order, string Text)> names)
    {
        var last = string.Join(' ', names.Where(part => part.Order == 0).Select(part => part.Text));
        var others = string.Join(' ', names.Where(part => part.Order > 0).OrderBy(part => part.Order).Select(part => part.Text));
        return last.Length == 0 ? others : others.Length == 0 ? last : $"{last}, {others}";
    }

    /// <summary>The parts in order, a state by its code; one that an earlier part says already is not said again.</summary>
    private static string AddressOf(List<(string Key, int Order, string Text)> addresses)
    {
        var said = "";
        foreach (var (_, order, written) in addresses.OrderBy(part => part.Order))
        {
            var text = order == State ? RegionNames.Read(written) ?? written : written;
            if (order >= City && WordsOf(text).All(WordsOf(said).Contains)) continue;
            said = said.Length == 0 ? text : $"{said}, {text}";
        }

        return said;
    }

    private static string[] WordsOf(string text) => PlainText.Words(text).Split(' ');

    /// <summary>The country or state that the same object names for a number.</summary>
    private string? RegisterOf(List<string> words)
    {
        var stem = words.Take(words.Count - 1).ToList();
        foreach (var register in Registers)
            if (parts.Find(part => part.Words.Count == words.Count && part.Words[^1] == register && part.Words.Take(stem.Count).SequenceEqual(stem)) is { Text: { } text })
                return text;
        return null;
    }

    private bool IsRegister(List<string> words) => words.Count > 1 && Array.IndexOf(Registers, words[^1]) >= 0
        && parts.Exists(part => part.Words is [.., "number"] && part.Words.Count == words.Count && part.Words.Take(words.Count - 1).SequenceEqual(words.Take(words.Count - 1)));

    private static string Within(string path, string name) => path.Length > 0 ? $"{path}.{name}" : name;
}
