using GraphQL;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Selection;

/// <summary>What one selection reads, for whom, and who pays.</summary>
/// <param name="Session">Where views come from.</param>
/// <param name="View">What the viewer may know.</param>
/// <param name="Sight">How the viewer reads fields.</param>
/// <param name="Meter">Pays.</param>
internal sealed record SelectionScope(GraphSession Session, GraphView View, Sight Sight, WorkMeter Meter)
{
    /// <summary>The scope of a question over a view.</summary>
    public static async ValueTask<SelectionScope> OfAsync(GraphSession session, GraphView view, IResolveFieldContext context) =>
        new(session, view, await Sight.OfAsync(session, view, RequestContext.Of(context), context.CancellationToken), context.Meter());

    /// <summary>All there is at the view's instants, for what is computed on it and weighed for the viewer.</summary>
    public ValueTask<GraphView> WholeAsync() => Session.WholeAsync(View, Meter.Cancellation);

    /// <summary>The values of a field as the viewer reads them.</summary>
    /// <exception cref="Http.TypedError">The viewer may read it of nobody.</exception>
    public async ValueTask<Graph.Selection.Values> ReadAsync(SelectableField field) => Sight.Of(field, await field.ReadAsync(this));
}
