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
/// in the first companies among its stakes. Each company is one read of the store; how many were not read, for their number or their many relationships, is a finding too.
/// </summary>
internal sealed class HoldingContradictions(FactReads facts)
{
    private const int MostCompanies = 20;

    /// <summary>A finding for each company with such holdings, and one of those that were not read.</summary>
    public async Task<IReadOnlyList<OwnershipFinding>> FindAsync(NodeHandle asked, IEnumerable<OwnershipStake> stakes, IResolveFieldContext context)
    {
        var holds = asked.View.Snapshot.Relationship("HOLDS");
        var (found, passedOver) = (new List<OwnershipFinding>(), new List<int>());
        int[] companies = [.. stakes.SelectMany(stake => (int[])[stake.Company, stake.Holder]).Prepend(asked.Number).Distinct().Where(node => holds.In.Degree(node) > 0)];
        foreach (var company in companies.Take(MostCompanies))
        {
            if (await facts.OfHoldingsAsync(asked.At(company), context) is not { } stated)
            {
                passedOver.Add(company);
                continue;
            }

            var count = stated.GroupBy(recorded => asked.View.Snapshot.Nodes.Find(((RelationshipFact)recorded.Fact).From))
                .Count(pair => EdgeOf(holds, pair.Key, company) is >= 0 and var edge
                    && Disagreements.OfRelationship(holds.Type, asked.View.Stamp.AsOf, field => holds.ColumnOf(field.Name)?.Get(edge), [.. pair]).Any());
            if (count == 0) continue;
            found.Add(new OwnershipFinding(
                OwnershipFindingKind.SourcesDisagree, [company], count,
                string.Create(CultureInfo.InvariantCulture, $"{count} holding(s) in the company are stated differently by equally reliable sources; the statement of the latest day is used.")));
        }

        passedOver.AddRange(companies.Skip(MostCompanies));
        if (passedOver.Count > 0)
            found.Add(new OwnershipFinding(
                OwnershipFindingKind.SourcesNotCompared, [.. passedOver.Take(MostCompanies)], passedOver.Count,
                string.Create(CultureInfo.InvariantCulture, $"What sources state of the holdings in {passedOver.Count} companies was not compared, since there are too many; 'contradictions' on a holding tells it.")));
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
