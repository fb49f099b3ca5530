using GraphRisk.Graph.Algorithms.Linkage;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Workflow.Contracts;
using GraphRisk.Workflow.Exposure;

namespace GraphRisk.Server.Sessions;

/// <summary>The algorithms over a view's snapshot, each prepared at the first question that needs it.</summary>
internal static class GraphAlgorithms
{
    /// <summary>Who holds what part of which company.</summary>
    public static HoldingGraph Holdings(this GraphView view) =>
        view.Derive(typeof(HoldingGraph), HoldingGraph.Of);

    /// <summary>Ownership through chains and cycles.</summary>
    public static OwnershipLookThrough LookThrough(this GraphView view) =>
        view.Derive(typeof(OwnershipLookThrough), _ => new OwnershipLookThrough(view.Holdings()));

    /// <summary>Control by majority of votes, agreements in force counted.</summary>
    public static CompanyControl Control(this GraphView view, ShareBound bound) =>
        view.Derive((typeof(CompanyControl), bound), snapshot => new CompanyControl(
            view.Holdings(), ConcertAgreement.InForce(snapshot), ControlParameters.Default with { Bound = bound }));

    /// <summary>Ties between parties.</summary>
    /// <param name="view">The view.</param>
    /// <param name="steps">Most steps of a path.</param>
    public static LinkedParties Links(this GraphView view, int steps) =>
        view.Derive((typeof(LinkedParties), steps), snapshot => new LinkedParties(
            snapshot, view.Holdings(), view.Control(ShareBound.Lower), new LinkParameters { MaxSteps = steps }));

    /// <summary>Contracts of the snapshot.</summary>
    public static ContractBook Contracts(this GraphView view) =>
        view.Derive(typeof(ContractBook), snapshot => new ContractBook(snapshot));

    /// <summary>What brokers are exposed to in clients and those linked to them.</summary>
    public static LinkedExposure Exposure(this GraphView view) =>
        view.Derive(typeof(LinkedExposure), _ => new LinkedExposure(view.Contracts(), view.Holdings(), view.Control(ShareBound.Lower)));
}
