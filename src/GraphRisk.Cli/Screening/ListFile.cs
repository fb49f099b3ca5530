using System.Collections.Immutable;
using GraphRisk.Cli.Contagion;
using GraphRisk.Cli.Output;
using GraphRisk.Graph.Schema;
using GraphRisk.Matching.Identifiers;
using GraphRisk.Matching.Names;
using GraphRisk.Matching.Screening;
using GraphRisk.Workflow.Screening;

namespace GraphRisk.Cli.Screening;

/// <summary>
/// Lists, and those to be held against them, from files: CSV with a header, a row each, or FollowTheMoney entities, one a line. Several
/// values in a cell stand apart by semicolons.
/// </summary>
internal static class ListFile
{
    private static readonly ColumnRole Id = new("id", "key", "uid", "entity id", "number"), Name = new("name", "full name", "caption", "party", "client", "entity", "company"),
        Aliases = new("aliases", "alias", "aka", "other names", "former names", "also known as"), Kind = new("kind", "schema", "type", "entity type"),
        Day = new("birth date", "dob", "date of birth", "born", "birth", "established on", "incorporation date"), Country = new("country", "countries", "nationality", "citizenship", "jurisdiction"),
        Identifiers = new("identifiers", "identifier", "ids", "id numbers"), Programme = new("programme", "program", "program id", "reason"), List = new("list", "dataset", "source");

    private static readonly char[] Apart = [';'];

    /// <summary>What the columns of a CSV file may be called, for help.</summary>
    public static string Columns => string.Join(", ", new[] { Id, Name, Aliases, Kind, Day, Country, Identifiers, Programme, List }.Select(role => role.Name));

    /// <summary>Reads a file.</summary>
    /// <exception cref="UserErrorException">There is none, or a row cannot be read.</exception>
    public static ImmutableArray<ListEntry> Read(string path, SchemaCatalog catalog)
    {
        if (!File.Exists(path)) throw new UserErrorException($"{path}: there is no such file.");
        try
        {
            return path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase)
                ? ReadFtm(path, catalog) : ReadTable(path);
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

    private static ImmutableArray<ListEntry> ReadFtm(string path, SchemaCatalog catalog)
    {
        using var reader = SourceText.Open(path);
        return FtmList.Read(reader, catalog, Path.GetFileNameWithoutExtension(path));
    }

    private static ImmutableArray<ListEntry> ReadTable(string path)
    {
        using var table = new LabelledTable(path);
        var name = table.Require(Name);
        var entries = ImmutableArray.CreateBuilder<ListEntry>();
        while (table.Next())
        {
            var countries = Values(Of(table, Country)).Select(country => country.ToUpperInvariant()).ToImmutableArray();
            entries.Add(new ListEntry(Of(table, Id) ?? table.Text(name), KindOf(Of(table, Kind)), [table.Text(name), .. Values(Of(table, Aliases))])
            {
                Days = [.. Values(Of(table, Day)).Select(day => PartialDay.Parse(day) ?? throw table.Fault(table.Require(Day), "is no date such as 1962-07-04, 1962-07 or 1962"))],
                Countries = countries,
                Identifiers = [.. Values(Of(table, Identifiers)).Select(text => IdentifierSchemes.ReadTagged(text).In(countries.FirstOrDefault())).Where(reading => reading.IsUsable)],
                Programme = Of(table, Programme),
                List = Of(table, List) ?? Path.GetFileNameWithoutExtension(path),
            });
        }

        return entries.ToImmutable();
    }

    private static string? Of(LabelledTable table, ColumnRole role) => table.Has(role) ? table.Given(table.Require(role)) : null;

    private static string[] Values(string? cell) => cell?.Split(Apart, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
