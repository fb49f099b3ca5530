using System.Collections.Immutable;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>
/// Holdings that differ from others in some companies: rows in place of the rows of these companies and of all who hold parts of them, then or now. Everything
/// else is shared, so that a change costs what it reaches and not the register.
/// <para>
/// Rows of holders are numbered after all holdings of the others, as <see cref="Csr"/> does; behind them stand the holdings in the changed companies once more,
/// by company, which is what the companies' rows lead to. A holder's holdings in other companies keep their numbers there.
/// </para>
/// </summary>
internal sealed class HoldingChanges
{
    /// <param name="root">The others, built from nothing.</param>
    /// <param name="nodeCount">Number of nodes.</param>
    /// <param name="rows">By company the holdings in it, by holder.</param>
    public HoldingChanges(HoldingGraph root, int nodeCount, IReadOnlyDictionary<int, Holding[]> rows)
    {
        (Root, Companies) = (root, [.. rows.Keys.Order()]);
        var now = rows.Values.SelectMany(row => row).ToLookup(holding => holding.Holder);
        var holders = Companies.Where(company => company < root.NodeCount).SelectMany(company => root.In.Neighbours(company).ToArray()).Concat(now.Select(held => held.Key)).Distinct().Order();
        var held = holders.ToDictionary(holder => holder, holder => Kept(holder).Concat(now[holder]).OrderBy(holding => holding.Company).ToArray());
        var forward = CsrPatch.Of(root.Out, nodeCount, held.ToDictionary(pair => pair.Key, pair => Array.ConvertAll(pair.Value, holding => holding.Company)));
        var backward = CsrPatch.Of(root.In, nodeCount, rows.ToDictionary(pair => pair.Key, pair => Array.ConvertAll(pair.Value, holding => holding.Holder)));
        (Out, In) = (root.Out.With(forward), root.In.With(backward));
        Holding[] byHolder = [.. forward.Nodes.SelectMany(holder => held[holder])];
        More = [.. byHolder, .. backward.Nodes.SelectMany(company => rows[company])];
        MoreInEdges = [.. Enumerable.Range(root.Out.EdgeCount + byHolder.Length, More.Length - byHolder.Length)];

        IEnumerable<Holding> Kept(int holder) => holder < root.NodeCount ? root.HeldBy(holder).ToArray().Where(holding => !rows.ContainsKey(holding.Company)) : [];
    }

    /// <summary>The others.</summary>
    public HoldingGraph Root { get; }

    /// <summary>The companies in which they differ, ascending.</summary>
    public ImmutableArray<int> Companies { get; }

    public Csr Out { get; }

    public Csr In { get; }

    /// <summary>Holdings numbered after those of the others.</summary>
    public Holding[] More { get; }

    /// <summary>Numbers of holdings for the places of <see cref="In"/> after those of the others.</summary>
    public int[] MoreInEdges { get; }

    /// <summary>The findings of all, in the order in which they are found at once: of the changed companies those that are given, and which indirect holdings have no chain is looked at anew.</summary>
    /// <param name="checks">What is wrong with the holdings in the changed companies.</param>
    /// <param name="arrangements">What is to be said of arrangements that hold parts of them.</param>
    /// <param name="reading">How statements were read.</param>
    public ImmutableArray<OwnershipFinding> FindingsWith(IEnumerable<OwnershipFinding> checks, IReadOnlyCollection<OwnershipFinding> arrangements, HoldingReading reading)
    {
        var kept = Root.Findings.Where(finding => Companies.BinarySearch(finding.Companies[0]) < 0).ToLookup(finding => finding.Kind);
        return
        [
            .. kept[OwnershipFindingKind.SharesAboveOne].Concat(kept[OwnershipFindingKind.ShareUnknown]).Concat(checks).OrderBy(finding => finding.Companies[0]).ThenBy(finding => finding.Kind != OwnershipFindingKind.SharesAboveOne),
            .. HoldingCheck.FindUnexplained(In, reading.Indirect),
            .. Of(OwnershipFindingKind.ArrangementUnknown), .. Of(OwnershipFindingKind.ArrangementShared),
        ];

        IEnumerable<OwnershipFinding> Of(OwnershipFindingKind kind) => kept[kind].Concat(arrangements.Where(finding => finding.Kind == kind)).OrderBy(finding => finding.Companies[0]);
    }
}
