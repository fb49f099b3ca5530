using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Resolvers;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Http;
using GraphRisk.Server.Security.Audit;
using GraphRisk.Workflow.Authorisations;

namespace GraphRisk.Server.Security;

/// <summary>
/// Stands around the resolver of every object field: it decides before anything is read, records what must be filed,
/// and masks what comes back. A denied field is null with an error of its own; the rest of the answer stands.
/// </summary>
internal sealed class GuardedResolver(IFieldResolver inner, FieldAccess access, ValueKind kind, string field, AccessGrounds grounds) : IFieldResolver
{
    public async ValueTask<object?> ResolveAsync(IResolveFieldContext context)
    {
        var request = RequestContext.Of(context);
        if (access.Act != Act.Read) return await Command(request, context).ConfigureAwait(false);
        if (access.Level is not { } level) return await Lead(request, context).ConfigureAwait(false);
        var viewer = request.Viewer;
        if (viewer.Role == Role.Anonymous) throw Refused(request, null, new AccessDenied(AccessCodes.Unauthenticated, field));
        var subject = access.IsAggregate ? ReadLedger.Everyone : SubjectOf(context);
        var decision = await grounds.DecideAsync(request, access, kind, subject, context.CancellationToken).ConfigureAwait(false);
        if (decision.Code is not null) throw Refused(request, subject, AccessDenied.Of(decision, field, access.Scope));
        var unmasked = decision.Revealed && access.Mask != MaskKind.None;
        if (level >= AccessPolicy.Filed || unmasked) request.Ledger.Record(field, subject ?? ReadLedger.Unknown, unmasked);
        var value = await Resolve(request, subject, context).ConfigureAwait(false);
        if (decision.Access == Access.Allow) return value;
        return value is IDataLoaderResult pending ? new ShownLater(pending, Shown) : Shown(value);

        object? Shown(object? known) => decision.Access switch
        {
            Access.Mask => Masking.Apply(access.Mask, known),
            Access.Pseudonym => grounds.Pseudonyms.Apply(viewer, access.Mask, known),
            Access.Round => Rounding.Apply(known),
            _ => null,
        };
    }

    private async ValueTask<object?> Command(RequestContext request, IResolveFieldContext context)
    {
        var subject = access.Subject?.Invoke(context) ?? ReadLedger.Unknown;
        var decision = AccessPolicy.Decide(request.Viewer, access.Act);
        if (decision.Code is not null) throw Refused(request, subject, AccessDenied.Of(decision, field));
        if (request.Desk is { } desk) return await Filed(desk, request, subject, context).ConfigureAwait(false);
        request.Ledger.Record(field, subject, unmasked: false);
        return await Resolve(request, subject, context).ConfigureAwait(false);
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
            result = await Resolve(request, subject, context).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            await desk.End(begun, viewer, field, subject, AuditDesk.CodeOf(error)).ConfigureAwait(false);
            throw;
        }

        request.Done.Add(field);
        if (result is IEndsLater { End.IsCompleted: false } job) desk.EndLater(job.End, begun, viewer, field, subject);
        else await desk.End(begun, viewer, field, subject, failure: null).ConfigureAwait(false);
        return result;
    }

    /// <summary>Resolves; what the field itself refuses is filed like what the guard does.</summary>
    private async ValueTask<object?> Resolve(RequestContext request, string? subject, IResolveFieldContext context)
    {
        try
        {
            return await inner.ResolveAsync(context).ConfigureAwait(false);
        }
        catch (AccessDenied denied)
        {
            throw Refused(request, subject, denied);
        }
    }

    private TypedError Refused(RequestContext request, string? subject, TypedError refusal)
    {
        request.Ledger.Refuse(field, subject, refusal.Code!);
        return refusal;
    }

    private async ValueTask<object?> Lead(RequestContext request, IResolveFieldContext context)
    {
        if (request.Viewer.Role == Role.Anonymous) throw Refused(request, null, new AccessDenied(AccessCodes.Unauthenticated, field));
        return await Resolve(request, null, context).ConfigureAwait(false);
    }

    private string? SubjectOf(IResolveFieldContext context) =>
        access.Subject is { } subject ? subject(context) : (context.Source as IAboutSubject)?.Subject;

    /// <summary>A batched value, hidden as it must be when it arrives.</summary>
    private sealed class ShownLater(IDataLoaderResult pending, Func<object?, object?> show) : IDataLoaderResult
    {
        public async Task<object?> GetResultAsync(CancellationToken cancellationToken = default)
        {
            var value = await pending.GetResultAsync(cancellationToken).ConfigureAwait(false);
            return value is IDataLoaderResult more ? new ShownLater(more, show) : show(value);
        }
    }
}
