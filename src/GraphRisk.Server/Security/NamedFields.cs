using GraphRisk.Graph.Schema;

namespace GraphRisk.Server.Security;

/// <summary>
/// Shows values of fields of <c>graph-schema/</c> that only the answer names, such as those on which sources differ, just as the
/// guard shows them under a field of their own: refused, withheld, masked, as pseudonyms, rounded or clear, and filed alike.
/// </summary>
internal sealed class NamedFields(AccessGrounds grounds)
{
    /// <summary>How a viewer sees values of a field; null where not at all.</summary>
    /// <param name="type">Type of the node or relationship.</param>
    /// <param name="field">The field.</param>
    /// <param name="subject">Whom the values are about; null for nobody.</param>
    /// <param name="request">Who asks.</param>
    /// <param name="cancellation">Cancels.</param>
    public async ValueTask<Func<object?, object?>?> LookOf(ElementType type, Field field, string? subject, RequestContext request, CancellationToken cancellation)
    {
        var viewer = request.Viewer;
        var standing = subject is null || !AccessPolicy.DependsOnSubject(viewer.Role)
            ? Standing.Visible : await request.StandingTo(subject, grounds.Standings, cancellation).ConfigureAwait(false);
        // What an answer already holds was met by way of what the viewer may know.
        if (standing == Standing.Unknown) standing = Standing.Visible;
        var decision = AccessPolicy.Decide(viewer, new AccessQuestion(standing, field.Level, FieldAccess.KindOf(field)));
        if (decision.Code is not null || decision.Access == Access.Withhold) return null;
        var unmasked = decision.Revealed && field.Mask != MaskKind.None;
        if (field.Level >= AccessPolicy.Filed || unmasked) request.Ledger.Record($"{type.Name}.{field.Name}", subject ?? ReadLedger.Unknown, unmasked);
        return decision.Access switch
        {
            Access.Allow => value => value,
            Access.Mask => value => Masking.Apply(field.Mask, value),
            Access.Pseudonym => value => grounds.Pseudonyms.Apply(viewer, field.Mask, value),
            Access.Round => Rounding.Apply,
            _ => null,
        };
    }
}
