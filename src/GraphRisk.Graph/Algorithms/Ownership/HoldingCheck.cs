using System.Collections.Immutable;
using System.Globalization;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>Finds companies whose holdings cannot be right as stated. Sums are of lower bounds: what is certainly claimed.</summary>
internal static class HoldingCheck
{
    private const int MostUpstream = 10_000;

    public static ImmutableArray<OwnershipFinding> Find(
        Csr backward, ReadOnlySpan<int> inEdges, ReadOnlySpan<Holding> holdings, HoldingParameters parameters)
    {
        var findings = ImmutableArray.CreateBuilder<OwnershipFinding>();
        for (var company = 0; company < backward.NodeCount; company++)
        {
            var (start, end) = backward.Range(company);
            FindIn(company, inEdges[start..end], holdings, parameters, findings);
        }

        return findings.ToImmutable();
    }

    /// <summary>The same of one company.</summary>
    /// <param name="company">Node of the company.</param>
    /// <param name="edges">Numbers of the holdings in it.</param>
    /// <param name="holdings">The holdings by number.</param>
    /// <param name="parameters">What is reported.</param>
    /// <param name="findings">Told of what is found.</param>
    public static void FindIn(
        int company, ReadOnlySpan<int> edges, ReadOnlySpan<Holding> holdings, HoldingParameters parameters, ImmutableArray<OwnershipFinding>.Builder findings)
    {
        var (sum, unknown) = (0m, new List<int>());
        foreach (var edge in edges)
        {
            var equity = holdings[edge].Equity;
            sum += equity.Lower;
            if (equity is { Share: 0, Upper: >= 1 }) unknown.Add(holdings[edge].Holder);
        }

        if (sum > 1 + parameters.OverAllocationTolerance) findings.Add(AboveOne(company, sum));
        if (unknown.Count > 0) findings.Add(Unknown(company, unknown));
    }

    /// <summary>
    /// Indirect holdings without the chain they sum up: no walk over direct holdings leads from the holder to the company.
    /// Upstream of a company is searched breadth-first, at most <see cref="MostUpstream"/> parties; beyond that nothing is said.
    /// </summary>
    public static IEnumerable<OwnershipFinding> FindUnexplained(Csr backward, IEnumerable<(int Holder, int Company)> indirect)
    {
        foreach (var stated in indirect.GroupBy(pair => pair.Company).OrderBy(group => group.Key))
        {
            var upstream = new HashSet<int> { stated.Key };
            var queue = new Queue<int>(upstream);
            while (queue.TryDequeue(out var node) && upstream.Count < MostUpstream)
            {
                var (start, end) = backward.Range(node);
                for (var edge = start; edge < end; edge++)
                    if (upstream.Add(backward.Target(edge))) queue.Enqueue(backward.Target(edge));
            }

            var count = upstream.Count < MostUpstream ? stated.Count(pair => !upstream.Contains(pair.Holder)) : 0;
            if (count > 0) yield return Unexplained(stated.Key, count);
        }
    }

    private static OwnershipFinding Unexplained(int company, int count) => new(
        OwnershipFindingKind.ChainUnknown, [company], count,
        string.Create(CultureInfo.InvariantCulture, $"{count} indirect holding(s) in the company are stated without the chain they go through; they are not counted."));

    public static OwnershipFinding UnknownArrangement(int company, int count) => new(
        OwnershipFindingKind.ArrangementUnknown, [company], count,
        string.Create(CultureInfo.InvariantCulture, $"{count} holding(s) in the company are held by a trust or other arrangement for which neither settlor, trustee, protector nor beneficiary is named; it stands for itself."));

    public static OwnershipFinding SharedArrangement(int company, int count) => new(
        OwnershipFindingKind.ArrangementShared, [company], count,
        string.Create(CultureInfo.InvariantCulture, $"{count} holding(s) in the company are held by a trust or other arrangement for several parties, of whose parts nothing is stated; equal ones are the best guess."));

    private static OwnershipFinding AboveOne(int company, decimal sum) => new(
        OwnershipFindingKind.SharesAboveOne, [company], sum,
        string.Create(CultureInfo.InvariantCulture, $"The stated parts of the company add to {sum * 100:0.####}%; they are used as stated."));

    private static OwnershipFinding Unknown(int company, List<int> holders) => new(
        OwnershipFindingKind.ShareUnknown, [company], holders.Count,
        string.Create(CultureInfo.InvariantCulture, $"{holders.Count} holding(s) in the company state no share; they count as nothing, at most as what the others leave."))
    {
        Holders = [.. holders.Distinct().Order()],
    };
}
