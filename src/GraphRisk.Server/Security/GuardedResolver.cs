using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Resolvers;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Http;
using GraphRisk.Server.Security.Audit;

namespace GraphRisk.Server.Security;

/// <summary>
/// Stands around the resolver of every object field: it decides before anything is read, records what must be filed,
/// and masks what comes back. A denied field is null with an error of its own; the rest of the answer stands.
/// </summary>
internal sealed class GuardedResolver(IFieldResolver inner, FieldAccess access, string field, IStandings standings) : IFieldResolver
{
    public async ValueTask<object?> ResolveAsync(IResolveFieldContext context)
    {
        var request = RequestContext.Of(context);
        if (!access.Commanders.IsEmpty) return await Command(request, context).ConfigureAwait(false);
        if (access.Level is not { } level) return await Lead(request, context).ConfigureAwait(false);
        var subject = access.IsAggregate ? ReadLedger.Everyone : SubjectOf(context);
        var standing = await StandingTo(subject, request.Viewer, context.CancellationToken).ConfigureAwait(false);
        var decision = AccessPolicy.Decide(request.Viewer, level, standing);
        if (decision.Code is { } code) throw Refused(request, subject, code);
        if (level >= AccessPolicy.Filed)
            request.Ledger.Record(field, subject ?? ReadLedger.Unknown, decision.Revealed && access.Mask != MaskKind.None);
        var value = await inner.ResolveAsync(context).ConfigureAwait(false);
        if (decision.Access != Access.Mask) return value;
        return value is IDataLoaderResult pending ? new MaskedLater(pending, access.Mask) : Masking.Apply(access.Mask, value);
    }

    private async ValueTask<object?> Command(RequestContext request, IResolveFieldContext context)
    {
        var subject = access.Subject?.Invoke(context) ?? ReadLedger.Unknown;
        if (request.Viewer.Role == Role.Anonymous) throw Refused(request, subject, AccessCodes.Unauthenticated);
        if (!access.Commanders.Contains(request.Viewer.Role)) throw Refused(request, subject, AccessCodes.Forbidden);
        if (request.Desk is { } desk) return await Filed(desk, request, subject, context).ConfigureAwait(false);
        request.Ledger.Record(field, subject, unmasked: false);
        return await inner.ResolveAsync(context).ConfigureAwait(false);
    }

    /// <summary>Carries a command out between two entries: that it is to be, and how it ended.</summary>
    private async ValueTask<object?> Filed(AuditDesk desk, RequestContext request, string subject, IResolveFieldContext context)
    {
        var viewer = request.Viewer;
        var begun = await desk.Begin(viewer, field, subject, context.CancellationToken).ConfigureAwait(false);
        request.Ledger.Record(field, subject, unmasked: false);
        object? result;
        try
        {
            result = await inner.ResolveAsync(context).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            await desk.End(begun, viewer, field, subject, (error as TypedError)?.Code ?? error.GetType().Name).ConfigureAwait(false);
            throw;
        }

        await desk.End(begun, viewer, field, subject, failure: null).ConfigureAwait(false);
        return result;
    }

    private AccessDenied Refused(RequestContext request, string? subject, string code)
    {
        request.Ledger.Refuse(field, subject, code);
        return new AccessDenied(code, field);
    }

    private async ValueTask<object?> Lead(RequestContext request, IResolveFieldContext context)
    {
        if (request.Viewer.Role == Role.Anonymous) throw Refused(request, null, AccessCodes.Unauthenticated);
        return await inner.ResolveAsync(context).ConfigureAwait(false);
    }

    private string? SubjectOf(IResolveFieldContext context) =>
        access.Subject is { } subject ? subject(context) : (context.Source as IAboutSubject)?.Subject;

    private async ValueTask<Standing> StandingTo(string? subject, Viewer viewer, CancellationToken cancellation)
    {
        if (access.IsAggregate) return Standing.Aggregate;
        if (subject is null || !AccessPolicy.DependsOnSubject(viewer.Role)) return Standing.Other;
        return await standings.Of(viewer, subject, cancellation).ConfigureAwait(false);
    }

    /// <summary>A batched value, masked when it arrives.</summary>
    private sealed class MaskedLater(IDataLoaderResult pending, MaskKind mask) : IDataLoaderResult
    {
        public async Task<object?> GetResultAsync(CancellationToken cancellationToken = default)
        {
            var value = await pending.GetResultAsync(cancellationToken).ConfigureAwait(false);
            return value is IDataLoaderResult more ? new MaskedLater(more, mask) : Masking.Apply(mask, value);
        }
    }
}
