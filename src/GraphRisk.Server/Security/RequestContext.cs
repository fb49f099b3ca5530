using GraphQL;
using GraphRisk.Server.Security.Audit;

namespace GraphRisk.Server.Security;

/// <summary>What every resolver of one request shares; the user context of the executor.</summary>
public sealed class RequestContext : Dictionary<string, object?>
{
    /// <param name="viewer">Who asks.</param>
    /// <param name="correlationId">The request's id in the log.</param>
    public RequestContext(Viewer viewer, string correlationId)
        : base(StringComparer.Ordinal)
    {
        Viewer = viewer;
        CorrelationId = correlationId;
    }

    public Viewer Viewer { get; }

    public string CorrelationId { get; }

    /// <summary>What the request has read, or was refused, that must be filed.</summary>
    public ReadLedger Ledger { get; } = new();

    /// <summary>Where commands are filed; null where the schema is asked without a server around it, which carries out none for others.</summary>
    public AuditDesk? Desk { get; init; }

    /// <summary>The context of the request a resolver works for.</summary>
    public static RequestContext Of(IResolveFieldContext context) =>
        context.UserContext as RequestContext
        ?? throw new InvalidOperationException("The executor was given no RequestContext, so there is no viewer to answer to.");
}

public static class ViewerExtensions
{
    /// <summary>Who asks.</summary>
    public static Viewer Viewer(this IResolveFieldContext context) => RequestContext.Of(context).Viewer;
}
