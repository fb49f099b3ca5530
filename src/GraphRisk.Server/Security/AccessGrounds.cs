using GraphRisk.Workflow.Authorisations;

namespace GraphRisk.Server.Security;

/// <summary>What a decision on access rests on beside the table.</summary>
/// <param name="Standings">How viewers stand to subjects.</param>
/// <param name="Authorisations">What clients let their brokers learn.</param>
/// <param name="Pseudonyms">What stands in the place of identity.</param>
public sealed record AccessGrounds(IStandings Standings, IAuthorisations Authorisations, Pseudonyms Pseudonyms)
{
    /// <summary>The strictest: a client's own record is its own, nothing else is, and nothing is authorised.</summary>
    /// <param name="key">Secret behind pseudonyms, 16 bytes or more.</param>
    public static AccessGrounds Strictest(ReadOnlySpan<byte> key) => new(new OwnRecordOnly(), new NothingAuthorised(), new Pseudonyms(key));

    /// <summary>What whoever asks may do with a value of a field about a subject.</summary>
    /// <param name="request">Who asks.</param>
    /// <param name="access">What the field reads; it has a level.</param>
    /// <param name="kind">Kind of the value.</param>
    /// <param name="subject">Whom it is about; null where that is nobody or not known.</param>
    /// <param name="cancellation">Ends it.</param>
    internal async ValueTask<AccessDecision> DecideAsync(RequestContext request, FieldAccess access, ValueKind kind, string? subject, CancellationToken cancellation)
    {
        var standing = await StandingTo(request, access, subject, cancellation).ConfigureAwait(false);
        var grant = await GrantOf(request.Viewer, access, subject, standing, cancellation).ConfigureAwait(false);
        return AccessPolicy.Decide(request.Viewer, new AccessQuestion(standing, access.Level!.Value, kind, grant));
    }

    private async ValueTask<Standing> StandingTo(RequestContext request, FieldAccess access, string? subject, CancellationToken cancellation)
    {
        if (access.IsAggregate) return Standing.Aggregate;
        if (subject is null || !AccessPolicy.DependsOnSubject(request.Viewer.Role)) return Standing.Visible;
        var standing = await request.StandingTo(subject, Standings, cancellation).ConfigureAwait(false);
        // What an answer already holds was met by way of what the viewer may know; only an argument can name what it may not.
        return standing == Standing.Unknown && access.Subject is null ? Standing.Visible : standing;
    }

    private async ValueTask<Grant> GrantOf(Viewer viewer, FieldAccess access, string? subject, Standing standing, CancellationToken cancellation)
    {
        if (access.Scope is not { } scope || subject is null || !AccessPolicy.DependsOnAuthorisation(viewer.Role, standing)) return Grant.NotNeeded;
        var isInForce = await Authorisations.InForce(viewer, subject, scope, cancellation).ConfigureAwait(false);
        return (scope, isInForce) switch
        {
            (AuthorisationScope.Score, true) => Grant.Score,
            (AuthorisationScope.Score, false) => Grant.NoScore,
            (_, true) => Grant.Facts,
            (_, false) => Grant.NoFacts,
        };
    }
}

/// <summary>Tells what clients let their brokers learn, as of now: never as of the moment a question is about.</summary>
public interface IAuthorisations
{
    /// <summary>Whether a client lets a viewer's brokerage learn something for the purpose the viewer declared.</summary>
    /// <param name="viewer">A broker.</param>
    /// <param name="client">The id of any record of the client.</param>
    /// <param name="scope">What is to be learnt.</param>
    /// <param name="cancellation">Cancels.</param>
    ValueTask<bool> InForce(Viewer viewer, string client, AuthorisationScope scope, CancellationToken cancellation);
}

/// <summary>No client has authorised anything.</summary>
public sealed class NothingAuthorised : IAuthorisations
{
    public ValueTask<bool> InForce(Viewer viewer, string client, AuthorisationScope scope, CancellationToken cancellation) => new(false);
}
