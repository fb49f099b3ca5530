using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace GraphRisk.Matching.Records;

/// <summary>
/// What a person says of the columns, instead of what would be found: a YAML file of lines <c>COLUMN: KIND</c>, where the kind is one of
/// <see cref="AttributeKind"/> in any case, with dashes or without, or <c>key</c>, <c>source</c>, <c>truth</c> or <c>ignored</c>. Columns that it does
/// not name are found as ever.
/// </summary>
public sealed class RecordMapping
{
    private readonly Dictionary<string, string> kinds;

    private RecordMapping(Dictionary<string, string> kinds) => this.kinds = kinds;

    /// <summary>A mapping that says nothing.</summary>
    public static RecordMapping None { get; } = new(new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase));

    /// <summary>Reads a mapping.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is no YAML of this form, or names a kind that is none.</exception>
    public static RecordMapping Load(string path)
    {
        try
        {
            var said = new DeserializerBuilder().Build().Deserialize<Dictionary<string, string>>(File.ReadAllText(path)) ?? [];
            foreach (var (column, kind) in said)
                if (RoleOf(kind) is null) throw new InvalidDataException($"{path}, {column}: '{kind}' is no kind. Kinds: {string.Join(", ", Words())}.");
            return new RecordMapping(new Dictionary<string, string>(said, StringComparer.OrdinalIgnoreCase));
        }
        catch (YamlException error)
        {
            throw new InvalidDataException($"{path}, line {error.Start.Line}: it is no YAML of lines 'COLUMN: KIND'.", error);
        }
    }

    /// <summary>Columns that it names.</summary>
    public IEnumerable<string> Columns => kinds.Keys;

    /// <summary>What it says of a column; null where nothing.</summary>
    public (ColumnRole Role, AttributeKind? Kind)? Of(string column) => kinds.TryGetValue(column, out var kind) ? RoleOf(kind) : null;

    /// <summary>The same, with columns left out besides.</summary>
    public RecordMapping Without(IEnumerable<string> columns)
    {
        var said = new Dictionary<string, string>(kinds, StringComparer.OrdinalIgnoreCase);
        foreach (var column in columns) said[column] = nameof(ColumnRole.Ignored);
        return new RecordMapping(said);
    }

    /// <summary>All that may be said of a column.</summary>
    public static IEnumerable<string> Words() => Enum.GetNames<AttributeKind>().Concat(Enum.GetNames<ColumnRole>().Where(role => role != nameof(ColumnRole.Evidence)))
        .Select(name => string.Concat(name.Select((letter, at) => char.IsUpper(letter) && at > 0 ? $"-{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}")));

    private static (ColumnRole, AttributeKind?)? RoleOf(string? word)
    {
        var plain = (word ?? "").Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        if (Enum.TryParse<AttributeKind>(plain, ignoreCase: true, out var kind) && Enum.IsDefined(kind) && !char.IsAsciiDigit(plain[0])) return (ColumnRole.Evidence, kind);
        if (plain.Equals("ignore", StringComparison.OrdinalIgnoreCase)) plain = nameof(ColumnRole.Ignored);
        return Enum.TryParse<ColumnRole>(plain, ignoreCase: true, out var role) && role != ColumnRole.Evidence && !char.IsAsciiDigit(plain[0]) ? (role, null) : null;
    }
}
