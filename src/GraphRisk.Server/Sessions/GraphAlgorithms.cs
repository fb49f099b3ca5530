using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Linkage;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Market;
using GraphRisk.Market.Lending;
using GraphRisk.Workflow.Exposure;

namespace GraphRisk.Server.Sessions;

/// <summary>The reading of a view's snapshot, and the algorithms over it, each prepared at the first question that needs it.</summary>
internal static class GraphAlgorithms
{
    /// <summary>The view in the terms of the trade.</summary>
    public static MarketReading Market(this GraphView view) => view.Derive(typeof(MarketReading), snapshot => new MarketReading(snapshot));

    /// <summary>Contracts of the view.</summary>
    public static ContractTable Contracts(this GraphView view) => view.Market().Contracts;

    /// <summary>Who holds what part of which company.</summary>
    public static HoldingGraph Holdings(this GraphView view, WorkMeter meter) => view.Market().Holdings(meter);

    /// <summary>Ownership through chains and cycles.</summary>
    public static OwnershipLookThrough LookThrough(this GraphView view, WorkMeter meter) =>
        OwnershipLookThrough.Of(view.Holdings(meter));

    /// <summary>Control by votes as the parameters say, agreements in force counted.</summary>
    public static CompanyControl Control(this GraphView view, ControlParameters parameters, WorkMeter meter) => view.Market().Control(parameters, meter);

    /// <summary>Links between parties.</summary>
    /// <param name="view">The view.</param>
    /// <param name="steps">Most steps of a path.</param>
    /// <param name="meter">Pays for the preparation.</param>
    public static LinkedParties Links(this GraphView view, int steps, WorkMeter meter) =>
        view.Derive((typeof(LinkedParties), steps), meter, (_, paid) => view.Market().Links(new LinkParameters { MaxSteps = steps }, paid));

    /// <summary>What brokers are exposed to in clients and those linked to them.</summary>
    public static LinkedExposure Exposure(this GraphView view, WorkMeter meter) =>
        view.Derive(typeof(LinkedExposure), meter, (_, paid) => new LinkedExposure(view.Market(), null, paid));
}
