using GraphRisk.Disclosure.Rules;
using GraphRisk.Scoring.Monitoring;

namespace GraphRisk.Disclosure.Statistics;

/// <summary>
/// Which counts of a list may be shown beside the total of the list: those that <see cref="CellRule"/> allows, and of the others' neighbours as few
/// are left out as it takes that none can be had back by subtraction. Nobody is a count that gives nobody away.
/// </summary>
public static class CountTable
{
    /// <param name="counts">The counts; a total of them is known.</param>
    /// <returns>Per count whether it may be shown.</returns>
    public static bool[] Shown(IReadOnlyList<Crowd> counts, DisclosureLimits limits)
    {
        var values = new decimal[counts.Count + 1, 1];
        var hidden = new bool[counts.Count + 1, 1];
        for (var i = 0; i < counts.Count; i++)
        {
            (values[i, 0], hidden[i, 0]) = (counts[i].Clients, counts[i].Clients > 0 && !CellRule.Allows(CellOf(counts[i]), limits));
            values[counts.Count, 0] += counts[i].Clients;
        }

        var left = ComplementarySuppression.Of(new AdditiveTable(values), hidden, limits.Estimate, unit: 1);
        return [.. Enumerable.Range(0, counts.Count).Select(i => !left[i, 0])];
    }

    private static Cell CellOf(Crowd crowd) => new(
        crowd.Clients, Contributions.Of(crowd.ByBroker.Select((clients, broker) => (broker, (decimal)clients))),
        Contributions.Of(Enumerable.Range(0, crowd.Clients).Select(client => (client, 1m))));
}
