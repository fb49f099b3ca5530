using GraphRisk.Cli.Input;

namespace GraphRisk.Cli.Ownership;

/// <summary>
/// Which column of an edge list says what. Names of columns are guessed; a mapping, lines <c>COLUMN: KIND</c>, says it of those it names,
/// and no guess takes these for anything else.
/// </summary>
internal sealed class EdgeColumns
{
    private const string Ignored = "ignore";

    private static readonly HeadingRole[] Guesses =
    [
        new("owner", "holder", "shareholder", "shareholder id", "holder id", "owner id", "investor", "investor id", "parent", "interested party", "股东", "from", "source", "src"),
        new("owned", "company", "company id", "subsidiary", "issuer", "investee", "owned id", "subject", "child", "被投资企业", "公司", "to", "target", "dst"),
        new("share", "ownership", "ratio", "percent", "percentage", "part", "stake", "equity", "fraction", "持股比例", "weight"),
        new("share min", "share from", "minimum share", "lower", "share lower"),
        new("share max", "share to", "maximum share", "upper", "share upper"),
        new("votes", "voting", "voting share", "voting rights", "表决权"),
        new("kind", "interest kind", "kind of interest"),
        new("from", "valid from", "start", "start date", "since", "from date"),
        new("to", "valid to", "end", "end date", "until", "to date"),
    ];

    private readonly Dictionary<string, string> said;

    private EdgeColumns(Dictionary<string, string> said) => this.said = said;

    /// <summary>All that a column may be.</summary>
    public static IEnumerable<string> Kinds => Guesses.Select(role => HeadingRole.Plain(role.Name)).Append(Ignored);

    /// <summary>Nothing is said; all is guessed.</summary>
    public static EdgeColumns Guessed { get; } = new(new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>Reads a mapping.</summary>
    /// <exception cref="UserErrorException">There is no such file, or a line is none of a mapping.</exception>
    public static EdgeColumns Load(FileInfo file)
    {
        if (!file.Exists) throw new UserErrorException($"{file}: there is no such file.");
        var (said, line) = (new Dictionary<string, string>(StringComparer.Ordinal), 0);
        foreach (var text in SourceText.ReadAll(file.FullName).Split('\n'))
        {
            line++;
            if (text.Trim() is not { Length: > 0 } trimmed || trimmed[0] == '#') continue;
            var colon = trimmed.LastIndexOf(':');
            if (colon < 1) throw new UserErrorException($"{file}, line {line}: '{trimmed}' is no line 'COLUMN: KIND'.");
            var kind = HeadingRole.Plain(trimmed[(colon + 1)..]);
            if (!Kinds.Contains(kind)) throw new UserErrorException($"{file}, line {line}: '{trimmed[(colon + 1)..].Trim()}' is no kind. Kinds: {string.Join(", ", Kinds)}.");
            if (kind != Ignored && said.ContainsValue(kind)) throw new UserErrorException($"{file}, line {line}: two columns are said to be '{kind}'.");
            said[HeadingRole.Plain(trimmed[..colon])] = kind;
        }

        return new EdgeColumns(said);
    }

    /// <summary>Number of the column of a kind that must be there.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    public int Require(HeadedTable table, string kind) => table.Require(Role(kind));

    /// <summary>Number of the column of a kind; -1 where there is none.</summary>
    public int Find(HeadedTable table, string kind) => table.Has(Role(kind)) ? table.Require(Role(kind)) : -1;

    private HeadingRole Role(string kind)
    {
        foreach (var (column, of) in said)
            if (of == kind) return new HeadingRole(column);
        string[] free = [.. Guesses.Single(role => HeadingRole.Plain(role.Name) == kind).Names.Where(name => !said.ContainsKey(HeadingRole.Plain(name)))];
        return free.Length > 0 ? new HeadingRole(free[0], free[1..]) : new HeadingRole(kind);
    }
}
