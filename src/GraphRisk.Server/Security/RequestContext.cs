using System.Collections.Concurrent;
using GraphQL;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Scoring.Texts;
using GraphRisk.Server.Budget;
using GraphRisk.Server.Security.Audit;

namespace GraphRisk.Server.Security;

/// <summary>What every resolver of one request shares; the user context of the executor.</summary>
public sealed class RequestContext : Dictionary<string, object?>
{
    private readonly Lazy<ConcurrentDictionary<string, Standing>> standings = new(() => new(StringComparer.Ordinal));
    private readonly Seat? seat;

    /// <param name="viewer">Who asks.</param>
    /// <param name="correlationId">The request's id in the log.</param>
    /// <param name="seat">Its budget and turn; where null what a question of the role may cost, and no turn.</param>
    internal RequestContext(Viewer viewer, string correlationId, Seat? seat = null)
        : this(viewer, correlationId, seat?.Budget ?? new QuestionBudget(viewer.Role, QuestionLimits.ByRole[viewer.Role]))
    {
        this.seat = seat;
    }

    /// <param name="viewer">Who asks.</param>
    /// <param name="correlationId">The request's id in the log.</param>
    /// <param name="budget">What it may cost.</param>
    internal RequestContext(Viewer viewer, string correlationId, QuestionBudget budget)
        : base(StringComparer.Ordinal)
    {
        Viewer = viewer;
        CorrelationId = correlationId;
        Budget = budget;
    }

    public Viewer Viewer { get; }

    public string CorrelationId { get; }

    /// <summary>What the request has spent of what it may.</summary>
    public QuestionBudget Budget { get; }

    /// <summary>What the request has read, or was refused, that must be filed.</summary>
    public ReadLedger Ledger { get; } = new();

    /// <summary>Commands of the request that were carried out, in their order: a request's commands run one after another.</summary>
    internal List<string> Done { get; } = [];

    /// <summary>Where commands are filed; null where the schema is asked without a server around it, which carries out none for others.</summary>
    public AuditDesk? Desk { get; init; }

    /// <summary>The language in which the schema describes itself.</summary>
    internal Language Language { get; init; } = Language.English;

    /// <summary>How the viewer stands to a subject; looked up once in a request, whose fields are mostly about the same few.</summary>
    internal async ValueTask<Standing> StandingTo(string subject, IStandings known, CancellationToken cancellation)
    {
        if (standings.Value.TryGetValue(subject, out var standing)) return standing;
        standing = await known.Of(Viewer, subject, cancellation).ConfigureAwait(false);
        return standings.Value.GetOrAdd(subject, standing);
    }

    /// <summary>Waits for something that is computed elsewhere, and lets others have the request's turn meanwhile.</summary>
    internal Task<T> WithoutTurnAsync<T>(Func<Task<T>> wait) => seat is null ? wait() : seat.WithoutTurnAsync(wait);

    /// <summary>The context of the request a resolver works for.</summary>
    public static RequestContext Of(IResolveFieldContext context) =>
        context.UserContext as RequestContext
        ?? throw new InvalidOperationException("The executor was given no RequestContext, so there is no viewer to answer to.");
}

public static class ViewerExtensions
{
    /// <summary>Who asks.</summary>
    public static Viewer Viewer(this IResolveFieldContext context) => RequestContext.Of(context).Viewer;

    /// <summary>What pays for the work of the question.</summary>
    public static WorkMeter Meter(this IResolveFieldContext context) => RequestContext.Of(context).Budget;
}
