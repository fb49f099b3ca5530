using System.Collections.Immutable;
using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Schema;
using GraphRisk.Scoring.Texts;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Score;
using GraphRisk.Server.Security;
using GraphRisk.Server.Security.Audit;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.AccessLog;

/// <summary>
/// Who read a client's record, for the client itself and, for a reason, for the regulator. It is read off the audit trail, under
/// the ids of all records joined in the client. A broker learns nothing of it, not even of its own client: it would see others' reads.
/// </summary>
internal sealed class AccessLogPart(GraphSession session, AuditIndex? index, Lookup lookup, Pager pager) : ISchemaPart
{
    private const string Argument = "client";

    public void AddTo(SchemaParts parts)
    {
        parts.Types.Add(Fields.Enum(
            "AccessAct", "How somebody came by what a record says.",
            ("READ", AuditAct.Read, "In an answer."),
            ("EXPORT", AuditAct.Export, "In a file or a copy that left the platform.")));
        parts.Types.Add(EntryType());
        parts.Types.AddRange(Connections.Of("AccessLog", "Reads of a client's record", "AccessLogEntry", (item, _) => item));
        parts.Query.AddField(Fields.Resolved(
            "accessLog", "AccessLogConnection", Read with { Subject = SubjectOf },
            "Who read a client's record from level 3 on, newest first; reads by the client itself are left out; knownAt leaves out what was filed later. For the client, and for regulators who state a reason. Level 3.",
            PageAsync,
            BitemporalArguments.And([
                TypeExpression.Argument(Argument, "ID", "Global id of the client, or of any record joined in it; null for the client a token was given to."),
                .. PageRequest.Arguments])));
    }

    private static FieldAccess Read => FieldAccess.Reads(Sensitivity.Confidential);

    private static ObjectGraphType EntryType() => Fields.Object(
        "AccessLogEntry", "One read of a client's record. Level 3.",
        Fields.Of<AccessOf>("at", "DateTime!", Read, "When.", access => access.Record.Entry.At),
        Fields.Of<AccessOf>("act", "AccessAct!", Read, "How.", access => access.Record.Entry.Act),
        Fields.Of<AccessOf>("role", "String!", Read, "Role of the reader: BROKER, REGULATOR, ANALYST, or OPERATOR for who works on the machine itself.",
            access => access.Record.Entry.Actor.Role.ToUpperInvariant()),
        Fields.Of<AccessOf>("broker", "String", Read, "Code of the broker that read; null where it was none.", access => access.Broker),
        Fields.Of<AccessOf>("reader", "String!", Read, "Who read, in words: its role and the code of a broker.", (access, context) => Words(context).ReaderOf(access.Record.Entry.Actor, access.Broker), ScoreTypes.InLanguage),
        Fields.Of<AccessOf>("purpose", "String", Read, "The purpose it declared.", access => access.Record.Entry.Actor.Purpose),
        Fields.Of<AccessOf>("purposeName", "String", Read, "The purpose in words.", (access, context) => access.Record.Entry.Actor.Purpose is { } purpose ? Words(context).OfPurpose(purpose) : null, ScoreTypes.InLanguage),
        Fields.Of<AccessOf>("basis", "String", Read, "The legal basis of the purpose, or the client's authorisation.", access => access.Record.Entry.Actor.Basis),
        Fields.Of<AccessOf>("basisName", "String", Read, "The basis in the language asked for, where it is one of the platform's own list; else as it was filed.",
            (access, context) => access.Record.Entry.Actor is { Basis: { } basis } actor ? Words(context).OfBasis(actor.Purpose, basis) : null, ScoreTypes.InLanguage),
        Fields.Of<AccessOf>("fields", "[String!]!", Read, "What it read of the client, as Type.field.", access => access.Fields),
        Fields.Of<AccessOf>("fieldNames", "[String!]!", Read, "What it read of the client in words, each once.", (access, context) => access.Fields.Select(Words(context).OfField).Distinct(), ScoreTypes.InLanguage),
        Fields.Of<AccessOf>("unmasked", "Boolean!", Read, "Values that are masked otherwise were shown, for a reason that is on file.",
            access => access.Record.Entry.Actor.Reason is not null));

    private static AccessWords Words(IResolveFieldContext context) => new(context.Schema, context.GetArgument<Language?>("language") ?? Language.English);

    private async ValueTask<object?> PageAsync(IResolveFieldContext context)
    {
        var trail = index ?? throw Problem.Unavailable("audit trail");
        var viewer = context.Viewer();
        if (CodeFor(viewer) is { } code) throw new AccessDenied(code, "Query.accessLog");
        var view = await session.ViewAsync(context);
        var id = context.GetArgument<string?>(Argument) ?? OwnId(viewer) ?? throw Problem.BadInput(Argument, "is needed: your token was not given to a client.");
        var client = lookup.Node(view, viewer, Argument, id, SchemaCatalog.Party);
        var records = RecordsOf(client);
        var until = BitemporalArguments.Of(context).KnownAt;
        var reading = new Reading(trail, records, until, client.Id.ToString(), viewer.Role == Role.Client);
        return pager.Cut(
            PageRequest.Of(context), view.Stamp, trail.Count(records, until), reading.At,
            key => long.TryParse(key, out var sequence) ? trail.PlaceOf(records, sequence, until) : -1);
    }

    /// <summary>The ids under which the trail knows a client: those of all its records.</summary>
    internal static string[] RecordsOf(NodeHandle client) =>
        [.. client.View.Snapshot.Nodes.MembersOf(client.Number).Select(record => record.ToString()).Append(client.Id.ToString()).Distinct()];

    /// <summary>Why a viewer is not told who read what; null where it is.</summary>
    internal static string? CodeFor(Viewer viewer) => viewer.Role switch
    {
        Role.Client => null,
        Role.Regulator => string.IsNullOrWhiteSpace(viewer.Reason) ? AccessCodes.ReasonRequired : null,
        _ => AccessCodes.Forbidden,
    };

    private string? SubjectOf(IResolveFieldContext context) => lookup.SubjectOf(context.Viewer(), context.GetArgument<string?>(Argument) ?? OwnId(context.Viewer()));

    private static string? OwnId(Viewer viewer) => viewer.Role == Role.Client ? viewer.Of : null;

    /// <summary>Reads the entries of a page in one go, when the first of them is asked for.</summary>
    private sealed class Reading(AuditIndex trail, string[] records, DateTimeOffset? until, string client, bool isClient)
    {
        private IReadOnlyList<AuditRecord> page = [];
        private int first;

        public (string Key, object Item) At(int place)
        {
            if (place < first || place >= first + page.Count) (first, page) = (place, trail.Read(records, place, PageRequest.Most, until));
            var record = page[place - first];
            return (record.Sequence.ToString(System.Globalization.CultureInfo.InvariantCulture), new AccessOf(record, client, records, isClient));
        }
    }

    /// <summary>One entry, as far as it is about the client.</summary>
    /// <param name="Record">The entry.</param>
    /// <param name="Client">The client.</param>
    /// <param name="Records">Its records.</param>
    /// <param name="IsClient">Whether the client itself is told: of what is no part of its own record, such as a warning or a request to freeze, it learns that a case was looked into, not which.</param>
    private sealed record AccessOf(AuditRecord Record, string Client, string[] Records, bool IsClient) : IAboutSubject
    {
        private const string SomeCase = "Case";

        private static readonly ImmutableArray<string> NotOwn = [.. Belonging.Table.Where(row => !row.IsOwn).Select(row => row.Type), "CaseMove"];

        public string? Subject => Client;

        public string? Broker => Record.Entry.Actor.Role == nameof(Role.Broker) ? Record.Entry.Actor.Of?.Split('/')[^1] : null;

        public ImmutableArray<string> Fields =>
        [
            .. Record.Entry.Parts.Where(part => part.Whose.Any(whose => whose == ReadLedger.Everyone || Records.Contains(whose)))
                .SelectMany(part => part.What).Select(what => IsClient && NotOwn.Any(type => what.StartsWith($"{type}.", StringComparison.Ordinal) || (what.StartsWith("Mutation.", StringComparison.Ordinal) && what.EndsWith(type, StringComparison.Ordinal))) ? SomeCase : what)
                .Distinct().Order(StringComparer.Ordinal),
        ];
    }
}
