using System.Globalization;
using GraphQL;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Records;

namespace GraphRisk.Server.Ownership;

/// <summary>
/// The holdings behind an answer on ownership that equally reliable sources state differently: those in the company asked about and
/// in the first companies among its stakes. Each company is one read of the store; one with very many relationships is passed over.
/// </summary>
internal sealed class HoldingContradictions(FactReads facts)
{
    private const int MostCompanies = 20;

    /// <summary>A finding for each company with such holdings.</summary>
    public async Task<IReadOnlyList<OwnershipFinding>> FindAsync(NodeHandle asked, IEnumerable<OwnershipStake> stakes, IResolveFieldContext context)
    {
        var holds = asked.View.Snapshot.Relationship("HOLDS");
        var found = new List<OwnershipFinding>();
        foreach (var company in stakes.SelectMany(stake => (int[])[stake.Company, stake.Holder]).Prepend(asked.Number).Distinct().Where(node => holds.In.Degree(node) > 0).Take(MostCompanies))
        {
            var stated = await facts.OfHoldingsAsync(asked.At(company), context);
            var count = stated.GroupBy(recorded => asked.View.Snapshot.Nodes.Find(((RelationshipFact)recorded.Fact).From))
                .Count(pair => EdgeOf(holds, pair.Key, company) is >= 0 and var edge
                    && Disagreements.OfRelationship(holds.Type, asked.View.Stamp.AsOf, field => holds.ColumnOf(field.Name)?.Get(edge), [.. pair]).Any());
            if (count == 0) continue;
            found.Add(new OwnershipFinding(
                OwnershipFindingKind.SourcesDisagree, [company], count,
                string.Create(CultureInfo.InvariantCulture, $"{count} holding(s) in the company are stated differently by equally reliable sources; the statement of the latest day is used.")));
        }

        return found;
    }

    /// <summary>One of the holdings between two parties; -1 where the view shows none.</summary>
    private static int EdgeOf(RelationshipTable holds, int holder, int company)
    {
        if (holder < 0) return -1;
        var (start, end) = holds.Out.Range(holder);
        for (var edge = start; edge < end; edge++)
            if (holds.Out.Target(edge) == company) return edge;
        return -1;
    }
}
