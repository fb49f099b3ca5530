using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace GraphRisk.Stores.Neo4j;

/// <summary>
/// One Cypher text of <c>cypher/</c> with its header: lines <c>// purpose:</c>, <c>// parameters:</c> (names, comma-separated, or
/// <c>none</c>) and <c>// rows:</c> (what each row of the answer holds).
/// </summary>
/// <param name="Name">Path below <c>cypher/</c> without ending, such as <c>store/append-nodes</c>.</param>
/// <param name="Purpose">What the text is for.</param>
/// <param name="Parameters">Names of the parameters it takes.</param>
/// <param name="Rows">What a row of the answer holds.</param>
/// <param name="Text">The statement without header.</param>
public sealed partial record CypherText(
    string Name, string Purpose, ImmutableArray<string> Parameters, string Rows, string Text)
{
    private static readonly Lazy<FrozenDictionary<string, CypherText>> Embedded = new(() =>
        typeof(CypherText).Assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".cypher", StringComparison.Ordinal))
            .Select(ReadEmbedded)
            .ToFrozenDictionary(text => text.Name, StringComparer.Ordinal));

    /// <summary>Every text of <c>cypher/</c>, by name.</summary>
    public static IReadOnlyDictionary<string, CypherText> All => Embedded.Value;

    /// <summary>The text of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public static CypherText Get(string name) =>
        All.TryGetValue(name, out var text) ? text : throw new KeyNotFoundException($"There is no cypher/{name}.cypher.");

    /// <summary>Names after <c>$</c> in the statement, ordered.</summary>
    public IEnumerable<string> UsedParameters() =>
        ParameterPattern().Matches(Text).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal);

    /// <summary>
    /// The statement with <c>`@NAME@`</c> replaced by a label, type or property of the schema, which Cypher takes no parameters for.
    /// </summary>
    /// <exception cref="ArgumentException">A name is not one the schema could hold.</exception>
    public string With(params ReadOnlySpan<(string Placeholder, string Name)> names)
    {
        var text = Text;
        foreach (var (placeholder, name) in names) text = text.Replace($"`@{placeholder}@`", Quoted(name), StringComparison.Ordinal);
        return text;
    }

    /// <summary>
    /// The statement with names replaced as by <see cref="With"/>, and with one entry for each property in the place of
    /// <c>`@Properties@`: row</c> in a map.
    /// </summary>
    /// <exception cref="ArgumentException">A name is not one the schema or the store could hold.</exception>
    public string WithProperties(IEnumerable<(string Name, string Expression)> properties, params ReadOnlySpan<(string Placeholder, string Name)> names) =>
        WithEach("`@Properties@`: row", properties.Select(property => $"{Quoted(property.Name)}: {property.Expression}"), names);

    /// <summary>The statement with names replaced as by <see cref="With"/>, and with a list of entries in the place of one.</summary>
    /// <exception cref="ArgumentException">A name is not one the schema or the store could hold.</exception>
    public string WithEach(string place, IEnumerable<string> entries, params ReadOnlySpan<(string Placeholder, string Name)> names) =>
        With(names).Replace(place, string.Join(", ", entries), StringComparison.Ordinal);

    /// <summary>A label, type or property as it stands in a statement.</summary>
    /// <exception cref="ArgumentException">It is not a name the schema or the store could hold.</exception>
    public static string Quoted(string name) =>
        NamePattern().IsMatch(name) ? $"`{name}`" : throw new ArgumentException($"'{name}' is not a name of the schema.", nameof(name));

    /// <summary>Reads a text with its header.</summary>
    /// <exception cref="FormatException">A line of the header is missing.</exception>
    public static CypherText Parse(string name, string content)
    {
        var header = new Dictionary<string, string>(StringComparer.Ordinal);
        var body = new StringBuilder();
        string? last = null;
        foreach (var line in content.Split('\n'))
        {
            if (body.Length == 0 && HeaderPattern().Match(line) is { Success: true } match)
                header[last = match.Groups[1].Value] = match.Groups[2].Value.Trim();
            else if (body.Length == 0 && last is not null && line.StartsWith("//   ", StringComparison.Ordinal))
                header[last] += " " + line[2..].Trim();
            else if (body.Length > 0 || line.Trim().Length > 0)
                body.Append(line).Append('\n');
        }

        string Part(string part) => header.TryGetValue(part, out var value)
            ? value : throw new FormatException($"cypher/{name}.cypher lacks the header line '// {part}:'.");
        var parameters = Part("parameters") is "none" ? [] : Part("parameters").Split(',', StringSplitOptions.TrimEntries);
        return new CypherText(name, Part("purpose"), [.. parameters.Select(item => item.Split(' ')[0])], Part("rows"), body.ToString().TrimEnd());
    }

    private static CypherText ReadEmbedded(string resource)
    {
        using var reader = new StreamReader(typeof(CypherText).Assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
        return Parse(resource["cypher/".Length..^".cypher".Length].Replace('\\', '/'), reader.ReadToEnd());
    }

    [GeneratedRegex(@"^//\s*(purpose|parameters|rows|counterpart):(.*)$")]
    private static partial Regex HeaderPattern();

    [GeneratedRegex(@"\$([A-Za-z_][A-Za-z0-9_]*)")]
    private static partial Regex ParameterPattern();

    [GeneratedRegex("^_?[A-Za-z][A-Za-z0-9_]*$")]
    private static partial Regex NamePattern();
}
