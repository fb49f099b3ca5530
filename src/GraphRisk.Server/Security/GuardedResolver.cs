using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Resolvers;
using GraphRisk.Graph.Schema;

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
        if (decision.Code is { } code) throw new AccessDenied(code, field);
        if (level >= AccessPolicy.Filed)
            request.Ledger.Record(field, subject ?? ReadLedger.Unknown, decision.Revealed && access.Mask != MaskKind.None);
        var value = await inner.ResolveAsync(context).ConfigureAwait(false);
        if (decision.Access != Access.Mask) return value;
        return value is IDataLoaderResult pending ? new MaskedLater(pending, access.Mask) : Masking.Apply(access.Mask, value);
    }

    private async ValueTask<object?> Command(RequestContext request, IResolveFieldContext context)
    {
        if (request.Viewer.Role == Role.Anonymous) throw new AccessDenied(AccessCodes.Unauthenticated, field);
        if (!access.Commanders.Contains(request.Viewer.Role)) throw new AccessDenied(AccessCodes.Forbidden, field);
        request.Ledger.Record(field, access.Subject?.Invoke(context) ?? ReadLedger.Unknown, unmasked: false);
        return await inner.ResolveAsync(context).ConfigureAwait(false);
    }

    private async ValueTask<object?> Lead(RequestContext request, IResolveFieldContext context)
    {
        if (request.Viewer.Role == Role.Anonymous) throw new AccessDenied(AccessCodes.Unauthenticated, field);
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
