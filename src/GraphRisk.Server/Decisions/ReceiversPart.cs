using System.Collections.Immutable;
using GraphQL;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.AccessLog;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;
using GraphRisk.Server.Security.Audit;

namespace GraphRisk.Server.Decisions;

/// <summary>Somebody who received a value, as the audit trail has it.</summary>
/// <param name="Client">Whose value it is.</param>
/// <param name="Role">Role of the reader.</param>
/// <param name="Broker">Code of the broker; null where it was none.</param>
/// <param name="LastAt">When last.</param>
/// <param name="Times">In how many answers and files.</param>
internal sealed record ValueReceiver(string Client, string Role, string? Broker, DateTimeOffset LastAt, int Times) : IAboutSubject
{
    public string? Subject => Client;
}

/// <summary>
/// Who received the value a complaint disputes: <c>receivers</c> of a complaint, read off the audit trail as <c>accessLog</c> is, for whom that is open. They are those to be told when it was wrong.
/// </summary>
internal sealed class ReceiversPart(AuditIndex? index) : ISchemaPart
{
    private const string Field = "Complaint.receivers";
    private const long StepsOfEntry = 500;

    private static readonly FieldAccess Read = FieldAccess.Reads(Sensitivity.Confidential);

    public void AddTo(SchemaParts parts)
    {
        parts.Types.Add(Fields.Object(
            "ValueReceiver", "Somebody who received a value. Level 3.",
            Fields.Of<ValueReceiver>("role", "String!", Read, "Role of the reader: BROKER, REGULATOR, ANALYST, OPERATOR.", one => one.Role),
            Fields.Of<ValueReceiver>("broker", "String", Read, "Code of the broker; null where it was none.", one => one.Broker),
            Fields.Of<ValueReceiver>("lastAt", "DateTime!", Read, "When last.", one => one.LastAt),
            Fields.Of<ValueReceiver>("times", "Int!", Read, "In how many answers and files.", one => one.Times)));
        parts.Extend("Complaint", () => Fields.Resolved(
            "receivers", "[ValueReceiver!]", Read, "Who received the disputed value, by the audit trail, the last first; null where no field is disputed. For the client, and for regulators who state a reason. Level 3.",
            context => new(Of(context))));
    }

    private ImmutableArray<ValueReceiver>? Of(IResolveFieldContext context)
    {
        var (viewer, complaint) = (context.Viewer(), (NodeHandle)context.Source!);
        if (AccessLogPart.CodeFor(viewer) is { } code) throw new AccessDenied(code, Field);
        var trail = index ?? throw Problem.Unavailable("audit trail");
        return complaint.View.Snapshot.Nodes.GetString(complaint.Number, "disputedField") is { } disputed && complaint.SubjectNode is >= 0 and var client
            ? Of(trail, complaint.At(client), name => name == disputed, context.Meter())
            : null;
    }

    /// <summary>Who received fields of a client, by the trail, the last first.</summary>
    /// <param name="trail">The trail.</param>
    /// <param name="client">The client.</param>
    /// <param name="counts">Which fields, as Type.field.</param>
    /// <param name="meter">Charged by the entry.</param>
    internal static ImmutableArray<ValueReceiver> Of(AuditIndex trail, NodeHandle client, Func<string, bool> counts, WorkMeter meter)
    {
        var records = AccessLogPart.RecordsOf(client);
        var found = new Dictionary<(string Role, string? Broker), (DateTimeOffset LastAt, int Times)>();
        for (var (place, count) = (0, trail.Count(records, null)); place < count;)
        {
            var page = trail.Read(records, place, PageRequest.Most, null);
            if (page.Count == 0) break;
            meter.Charge(StepsOfEntry * page.Count);
            place += page.Count;
            foreach (var entry in page.Select(record => record.Entry).Where(entry => entry.Parts.Any(part => part.What.Any(counts) && part.Whose.Any(whose => whose == ReadLedger.Everyone || records.Contains(whose)))))
            {
                var reader = (entry.Actor.Role.ToUpperInvariant(), entry.Actor.Role == nameof(Role.Broker) && NodeId.TryParse(entry.Actor.Of, out var broker) ? broker.Key : null);
                var known = found.GetValueOrDefault(reader);
                found[reader] = (known.LastAt > entry.At ? known.LastAt : entry.At, known.Times + 1);
            }
        }

        return [.. found.Select(one => new ValueReceiver(client.Subject!, one.Key.Role, one.Key.Broker, one.Value.LastAt, one.Value.Times)).OrderByDescending(one => one.LastAt).ThenBy(one => one.Role, StringComparer.Ordinal).ThenBy(one => one.Broker, StringComparer.Ordinal)];
    }
}
