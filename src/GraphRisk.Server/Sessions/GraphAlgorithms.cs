using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Linkage;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Workflow.Contracts;
using GraphRisk.Workflow.Exposure;

namespace GraphRisk.Server.Sessions;

/// <summary>The algorithms over a view's snapshot, each prepared at the first question that needs it.</summary>
internal static class GraphAlgorithms
{
    /// <summary>Who holds what part of which company.</summary>
    public static HoldingGraph Holdings(this GraphView view, WorkMeter meter) =>
        view.Derive(typeof(HoldingGraph), meter, HoldingGraph.Of);

    /// <summary>Ownership through chains and cycles.</summary>
    public static OwnershipLookThrough LookThrough(this GraphView view, WorkMeter meter) =>
        view.Derive(typeof(OwnershipLookThrough), meter, (_, paid) => new OwnershipLookThrough(view.Holdings(paid)));

    /// <summary>Control by majority of votes, agreements in force counted.</summary>
    public static CompanyControl Control(this GraphView view, ShareBound bound, WorkMeter meter) =>
        view.Derive((typeof(CompanyControl), bound), meter, (snapshot, paid) => new CompanyControl(
            view.Holdings(paid), ConcertAgreement.InForce(snapshot), ControlParameters.Default with { Bound = bound }));

    /// <summary>Ties between parties.</summary>
    /// <param name="view">The view.</param>
    /// <param name="steps">Most steps of a path.</param>
    /// <param name="meter">Pays for the preparation.</param>
    public static LinkedParties Links(this GraphView view, int steps, WorkMeter meter) =>
        view.Derive((typeof(LinkedParties), steps), meter, (snapshot, paid) => new LinkedParties(
            snapshot, view.Holdings(paid), view.Control(ShareBound.Lower, paid), new LinkParameters { MaxSteps = steps }, paid));

    /// <summary>Contracts of the snapshot.</summary>
    public static ContractBook Contracts(this GraphView view) =>
        view.Derive(typeof(ContractBook), snapshot => new ContractBook(snapshot));

    /// <summary>What brokers are exposed to in clients and those linked to them.</summary>
    public static LinkedExposure Exposure(this GraphView view, WorkMeter meter) => view.Derive(
        typeof(LinkedExposure), meter,
        (_, paid) => new LinkedExposure(view.Contracts(), view.Holdings(paid), view.Control(ShareBound.Lower, paid), null, paid));
}
