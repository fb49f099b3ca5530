using System.Collections.Immutable;
using GraphRisk.Cli.Contagion;
using GraphRisk.Cli.Input;
using GraphRisk.Cli.Output;
using GraphRisk.Graph.Schema;
using GraphRisk.Matching.Identifiers;
using GraphRisk.Matching.Names;
using GraphRisk.Matching.Screening;
using GraphRisk.Matching.Values;
using GraphRisk.Workflow.Screening;

namespace GraphRisk.Cli.Screening;

/// <summary>
/// Lists, and those to be held against them, from files: CSV with a header, a row each, or FollowTheMoney entities, one a line. Several
/// values in a cell stand apart by semicolons. A value that cannot be used costs itself, and is named.
/// </summary>
internal static class ListFile
{
    private static readonly HeadingRole Id = new("id", "key", "uid", "entity id", "number"), Name = new("name", "full name", "caption", "party", "client", "entity", "company"),
        Aliases = new("aliases", "alias", "aka", "other names", "former names", "also known as"), Kind = new("kind", "schema", "type", "entity type"),
        Day = new("birth date", "dob", "date of birth", "born", "birth", "established on", "incorporation date"), Country = new("country", "countries", "nationality", "citizenship", "jurisdiction"),
        Identifiers = new("identifiers", "identifier", "ids", "id numbers"), Programme = new("programme", "program", "program id", "reason"), List = new("list", "dataset", "source");

    private static readonly HeadingRole Authority = new("authority", "issuer", "issued by", "agency"), Reference = new("reference", "reference number", "entry", "list id");

    private static readonly HeadingRole[] Roles = [Id, Name, Aliases, Kind, Day, Country, Identifiers, Programme, List, Authority, Reference];
    private static readonly char[] Apart = [';'];

    /// <summary>What the columns of a CSV file may be called, for help.</summary>
    public static string Columns => string.Join(", ", Roles.Select(role => role.Name));

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="catalog">Types that parties are read as.</param>
    /// <param name="findings">Gets what cannot be used, each with file, line and reason.</param>
    /// <exception cref="UserErrorException">There is none, or a row cannot be told from another.</exception>
    public static ImmutableArray<ListEntry> Read(string path, SchemaCatalog catalog, List<string> findings)
    {
        if (!File.Exists(path)) throw new UserErrorException($"{path}: there is no such file.");
        try
        {
            return path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase)
                ? ReadFtm(path, catalog, finding => findings.Add($"{path}, {finding}")) : ReadTable(path, findings);
        }
        catch (InvalidDataException error)
        {
            throw new UserErrorException($"{path}, {error.Message}.");
        }
    }

    /// <summary>Reads a kind as a schema or a word names it; unknown where it is none known.</summary>
    public static NameKind KindOf(string? text) => text?.ToLowerInvariant() switch
    {
        "person" or "individual" or "natural person" or "自然人" or "个人" => NameKind.Person,
        "company" or "organisation" or "organization" or "entity" or "publicbody" or "public body" or "企业" or "公司" or "机构" => NameKind.Organisation,
        "vessel" or "ship" or "aircraft" or "thing" => NameKind.Thing,
        _ => NameKind.Unknown,
    };

    private static ImmutableArray<ListEntry> ReadFtm(string path, SchemaCatalog catalog, Action<string> tell)
    {
        using var reader = SourceText.Open(path);
        return FtmList.Read(reader, catalog, Path.GetFileNameWithoutExtension(path), tell);
    }

    private static ImmutableArray<ListEntry> ReadTable(string path, List<string> findings)
    {
        using var table = new HeadedTable(path);
        var name = table.Require(Name);
        if (table.Besides(Roles) is { Count: > 0 } unread)
            findings.Add($"{path}, line 1: not read {(unread.Count == 1 ? "is the column" : "are the columns")} '{string.Join("', '", unread)}'; columns that are read: {Columns}");
        var (entries, lines) = (ImmutableArray.CreateBuilder<ListEntry>(), new Dictionary<string, int>(StringComparer.Ordinal));
        while (table.Next())
        {
            if (Of(table, Name) is null)
            {
                Tell("there is no name; the row is left out");
                continue;
            }

            if (Of(table, Id) is { } id && !lines.TryAdd(id, table.Line)) Tell($"id '{id}' stands in line {lines[id]} too; both entries are kept, and count as one where editions are held against each other");
            var countries = Kept(Country, CountryNames.Read, "is no code of ISO 3166-1 and no name of a country that is known here");
            entries.Add(new ListEntry(Of(table, Id) ?? table.Text(name), KindOf(Of(table, Kind)), [table.Text(name), .. Values(Of(table, Aliases))])
            {
                Days = [.. Kept(Day, text => PartialDay.Parse(text) is { } day ? (PartialDay?)day : null, "is no date such as 1962-07-04, 1962-07 or 1962").OfType<PartialDay>()],
                Countries = [.. countries],
                Identifiers = [.. Kept(Identifiers, text => IdentifierSchemes.ReadTagged(text).In(countries.FirstOrDefault()) is { IsUsable: true } reading ? reading : null, "is no identifier of its scheme")],
                Programme = Of(table, Programme),
                Authority = Of(table, Authority),
                Reference = Of(table, Reference),
                Lists = Values(Of(table, List)) is { Length: > 0 } lists ? [.. lists] : [Path.GetFileNameWithoutExtension(path)],
            });
        }

        return entries.ToImmutable();

        void Tell(string finding) => findings.Add(FormattableString.Invariant($"{path}, line {table.Line}: {finding}"));

        List<T> Kept<T>(HeadingRole role, Func<string, T?> read, string otherwise)
        {
            var kept = new List<T>();
            foreach (var text in Values(Of(table, role)))
                if (read(text) is { } value) kept.Add(value);
                else Tell($"{role.Name} '{text}' {otherwise}; it is left out");
            return kept;
        }
    }

    private static string? Of(HeadedTable table, HeadingRole role) => table.Has(role) ? table.Given(table.Require(role)) : null;

    private static string[] Values(string? cell) => cell?.Split(Apart, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
