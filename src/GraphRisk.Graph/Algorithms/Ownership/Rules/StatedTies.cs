using System.Collections.Immutable;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Ownership.Rules;

/// <summary>A tie as a source states it.</summary>
/// <param name="Other">Node at its other end.</param>
/// <param name="Said">What it is called; empty where it has no name.</param>
public readonly record struct StatedTie(int Other, string Said);

/// <summary>Ties between parties as sources state them, each called by the words of its source: offices, rights, kinship, guarantees.</summary>
public class StatedTies(Snapshot? snapshot)
{
    private const string Representative = "法定代表人";

    /// <summary>No ties: none are known, or none may be read.</summary>
    public static StatedTies None { get; } = new(null);

    /// <summary>Ties of a party by a relationship, one way, of which one of the words is said; every one where there are no words.</summary>
    /// <param name="relationship">Name of the relationship.</param>
    /// <param name="party">Node of the party.</param>
    /// <param name="outgoing">Whether the party is where it begins.</param>
    /// <param name="words">The words.</param>
    /// <param name="meter">Pays for it.</param>
    public virtual IReadOnlyList<StatedTie> Of(string relationship, int party, bool outgoing, ImmutableArray<string> words, WorkMeter meter)
    {
        if (snapshot is null) return [];
        var found = new List<StatedTie>();
        var table = snapshot.Relationship(relationship);
        var said = table.ColumnOf(relationship == "OFFICER_OF" ? "role" : "kind");
        var represents = relationship == "OFFICER_OF" ? table.ColumnOf("legalRepresentative") : null;
        var (start, end) = (outgoing ? table.Out : table.In).Range(party);
        meter.ChargeNode(end - start);
        for (var place = start; place < end; place++)
        {
            var (edge, other) = outgoing ? (place, table.Out.Target(place)) : (table.InEdge(place), table.In.Target(place));
            var text = said?.Get(edge)?.AsString() ?? "";
            if (represents?.Get(edge)?.AsBoolean() == true) text = $"{text} {Representative}";
            if (words.IsEmpty || words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase))) found.Add(new StatedTie(other, text));
        }

        return found;
    }
}
