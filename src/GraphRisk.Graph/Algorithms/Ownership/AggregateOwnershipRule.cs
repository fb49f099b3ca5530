using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GraphRisk.Graph.Algorithms.Ownership.Rules;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>A company that is blocked because blocked parties own enough of it.</summary>
/// <param name="Company">Node of the company.</param>
/// <param name="Share">Sum of the blocked parties' direct shares, at the end that counts.</param>
/// <param name="Owners">The blocked parties that hold a part, by node.</param>
public sealed record BlockedCompany(int Company, decimal Share, ImmutableArray<int> Owners);

/// <summary>
/// The aggregate ownership rule of sanctions lists (OFAC's 50 percent rule, FAQ 398 to 402): a company is blocked when
/// blocked parties together own at least half of it, and then counts as blocked itself.
/// <para>
/// Direct shares of members of the blocked set are added; nothing is multiplied along a chain, and control plays no part.
/// A counter a company and a worklist of blocked parties give the smallest such set whatever the order. Sums are
/// decimals; what ranges may come to together is no more than what the certain parts of all others leave (<see cref="VoteScale"/>).
/// Cost: the holdings of all that is blocked.
/// </para>
/// </summary>
public static class AggregateOwnershipRule
{
    /// <summary>Companies that become blocked, by node; those blocked by name are not among them.</summary>
    /// <param name="holdings">The holdings.</param>
    /// <param name="blocked">Nodes of the parties blocked by name.</param>
    /// <param name="threshold">Part that blocks.</param>
    /// <param name="bound">Which end of intervals counts; the upper finds what may be blocked.</param>
    /// <param name="comparison">Whether the threshold itself is enough.</param>
    /// <param name="meter">Pays for it.</param>
    public static ImmutableArray<BlockedCompany> Find(
        HoldingGraph holdings, IReadOnlyCollection<int> blocked, decimal threshold = 0.5m, ShareBound bound = ShareBound.Stated,
        ThresholdOperator comparison = ThresholdOperator.AtLeast, WorkMeter? meter = null)
    {
        var all = blocked.ToHashSet();
        var scale = new VoteScale(holdings, new ControlParameters(threshold, bound) { Operator = comparison }, ShareMeasure.Equity);
        var sums = new Dictionary<int, ShareInterval>();
        var work = new Queue<int>(all.Order());
        while (work.TryDequeue(out var owner))
        {
            meter?.ChargeNode(holdings.Out.Degree(owner));
            foreach (var holding in holdings.HeldBy(owner))
            {
                // What a company holds of itself blocks nobody: it can only count once the company is blocked.
                ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, holding.Company, out _);
                sum += holding.Equity;
                if (scale.Commands(sum, holding.Company) && all.Add(holding.Company)) work.Enqueue(holding.Company);
            }
        }

        return [.. all.Except(blocked).Order().Select(company => new BlockedCompany(
            company, scale.PartOf(sums[company], company), [.. holdings.In.Neighbours(company).ToArray().Where(all.Contains)]))];
    }
}
