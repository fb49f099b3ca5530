using System.Collections.Immutable;
using System.Text;
using GraphRisk.Graph.Schema;
using GraphRisk.Intake.Import;
using GraphRisk.Intake.Import.FollowTheMoney;
using GraphRisk.Matching.Screening;
using GraphRisk.Matching.Values;

namespace GraphRisk.Workflow.Screening;

/// <summary>
/// A list published as FollowTheMoney entities, one a line: the parties that a sanction in force names or that bear a topic of sanctions; all
/// parties where the file says neither of any.
/// </summary>
public static class FtmList
{
    private const string Topic = "sanction";

    /// <summary>The entries, in the order of the file.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="catalog">Types that parties are read as.</param>
    /// <param name="name">Name of the list, for entries that name none.</param>
    /// <param name="tell">Told of each line and value that cannot be used, with its line; they cost nothing else.</param>
    public static ImmutableArray<ListEntry> Read(TextReader reader, SchemaCatalog catalog, string name, Action<string> tell)
    {
        var (parties, sanctions, line) = (new List<ListEntry>(), new Dictionary<string, List<FtmEntry>>(StringComparer.Ordinal), 0);
        while (reader.ReadLine() is { } text)
        {
            line++;
            if (text.Length == 0) continue;
            if (FtmEntity.Parse(Encoding.UTF8.GetBytes(text), out var fault) is not { } entity)
            {
                tell($"line {line}: {fault}; the line is left out");
                continue;
            }

            if (FtmParty.TypeOf(entity.Schema) is { } type)
            {
                if (EntryOf(entity, catalog.Node(type), sanctions, name, finding => tell($"line {line}: {finding}")) is { } entry) parties.Add(entry);
            }
            else if (entity.Schema == "Sanction" && !FtmListing.IsOver(entity, []))
                foreach (var id in entity.All("entity")) (sanctions.TryGetValue(id, out var of) ? of : sanctions[id] = []).Add(new FtmEntry(FtmListing.ListOf(entity), FtmListing.ProgrammeOf(entity), entity.One("authority")));
        }

        var listed = parties.Where(party => sanctions.ContainsKey(party.Id)).ToList();
        return
        [
            .. (listed.Count > 0 ? listed : parties).Select(party => sanctions.TryGetValue(party.Id, out var entries)
                ? party with
                {
                    Programme = ListedParties.Told(entries.Select(entry => entry.Programme).Append(party.Programme)),
                    Authority = ListedParties.Told(entries.Select(entry => entry.Authority)),
                    Lists = entries.Exists(entry => entry.List is not null) ? [.. entries.Select(entry => entry.List).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] : party.Lists,
                } : party),
        ];
    }

    private static ListEntry? EntryOf(FtmEntity entity, NodeType type, Dictionary<string, List<FtmEntry>> sanctions, string name, Action<string> tell)
    {
        if (FtmParty.Read(entity, [], out var fault) is not { } fields)
        {
            tell($"{fault}; the line is left out");
            return null;
        }

        if (entity.All("topics").Any(topic => topic.StartsWith(Topic, StringComparison.Ordinal))) sanctions.TryAdd(entity.Id, []);
        var entry = PartyEntries.Of(entity.Id, type, field => fields.TryGet(field, out var value) ? [value] : []);
        if (entry is null)
        {
            tell("there is no name; the line is left out");
            return null;
        }

        var days = new List<PartialDay>();
        foreach (var text in entity.AllOf("birthDate", "incorporationDate"))
            if (PartialDay.Parse(text) is { } day) days.Add(day);
            else tell($"'{text}' is no date; it is left out");
        return entry with
        {
            Days = [.. days],
            Countries = [.. entity.AllOf("nationality", "citizenship", "country", "jurisdiction").Select(CountryNames.Read).OfType<string>().Distinct(StringComparer.Ordinal)],
            Programme = ListedParties.Told(entity.All("programId")),
            Lists = entity.Datasets.Count > 0 ? [.. entity.Datasets.Order(StringComparer.Ordinal)] : [name],
        };
    }

    /// <summary>What an entry says of its list.</summary>
    private sealed record FtmEntry(string? List, string? Programme, string? Authority);
}
