using System.Collections.Immutable;
using System.Text;
using GraphRisk.Graph.Schema;
using GraphRisk.Intake.Import;
using GraphRisk.Intake.Import.FollowTheMoney;
using GraphRisk.Matching.Screening;

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
    /// <exception cref="InvalidDataException">A line is no entity, or a party has no name.</exception>
    public static ImmutableArray<ListEntry> Read(TextReader reader, SchemaCatalog catalog, string name)
    {
        var (parties, sanctions, line) = (new List<ListEntry>(), new Dictionary<string, List<string>>(StringComparer.Ordinal), 0);
        while (reader.ReadLine() is { } text)
        {
            line++;
            if (text.Length == 0) continue;
            var entity = FtmEntity.Parse(Encoding.UTF8.GetBytes(text), out var fault) ?? throw new InvalidDataException($"line {line}: {fault}");
            if (FtmParty.TypeOf(entity.Schema) is { } type) parties.Add(EntryOf(entity, catalog.Node(type), line, sanctions, name));
            else if (entity.Schema == "Sanction" && !FtmListing.IsOver(entity, []))
                foreach (var id in entity.All("entity")) (sanctions.TryGetValue(id, out var of) ? of : sanctions[id] = []).Add(entity.One("program", "programId", "authority") ?? "");
        }

        var listed = parties.Where(party => sanctions.ContainsKey(party.Id)).ToList();
        return [.. (listed.Count > 0 ? listed : parties).Select(party => sanctions.TryGetValue(party.Id, out var programmes)
            && string.Join("; ", programmes.Prepend(party.Programme).Where(text => text is { Length: > 0 }).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)) is { Length: > 0 } told
                ? party with { Programme = told } : party)];
    }

    private static ListEntry EntryOf(FtmEntity entity, NodeType type, int line, Dictionary<string, List<string>> sanctions, string name)
    {
        var fields = FtmParty.Read(entity, [], out var fault) ?? throw new InvalidDataException($"line {line}: {fault}");
        if (entity.All("topics").Any(topic => topic.StartsWith(Topic, StringComparison.Ordinal))) sanctions.TryAdd(entity.Id, []);
        var entry = PartyEntries.Of(entity.Id, type, field => fields.TryGet(field, out var value) ? value : null) ?? throw new InvalidDataException($"line {line}: there is no name");
        return entry with
        {
            Days = [.. entity.AllOf("birthDate", "incorporationDate").Select(PartialDay.Parse).OfType<PartialDay>()],
            Countries = [.. entity.AllOf("nationality", "citizenship", "country", "jurisdiction").Where(code => code.Length == 2).Select(code => code.ToUpperInvariant()).Distinct()],
            Programme = entity.All("programId") is { Count: > 0 } programmes ? string.Join("; ", programmes.Order(StringComparer.Ordinal)) : null,
            List = entity.Datasets.Count > 0 ? string.Join("; ", entity.Datasets.Order(StringComparer.Ordinal)) : name,
        };
    }
}
