using GraphQL;
using GraphRisk.Graph.Schema;
using GraphRisk.Intake.Import.Quarantine;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Http;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Resolution;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Import;

/// <summary>
/// Records that landed flagged, such as those with an identifier that fails its own check: <c>flaggedRecords</c> at the root. A person who
/// looked may say that one is right as it stands, and take that back; what was decided stays on record.
/// </summary>
internal sealed class FlagsPart(GraphSession session, QuarantineLog? quarantine, Pager pager, WriteGate gate) : ISchemaPart
{
    private const int LongestReason = 500;

    public void AddTo(SchemaParts parts)
    {
        var structure = FieldAccess.Reads(Sensitivity.Confidential);
        var prose = FieldAccess.Reads(Sensitivity.Confidential, MaskKind.Text);
        parts.Types.Add(Fields.Enum(
            "FlagState", "Where a flag stands.",
            ("OPEN", QuarantineState.Open, "Nobody has decided about it."),
            ("ACCEPTED", QuarantineState.Accepted, "A person found the record right as it stands."),
            ("MENDED", QuarantineState.Replayed, "The record was mended and taken in again.")));
        parts.Types.Add(Fields.Object(
            "FlagDecision", "What a person decided about a flag.",
            Fields.Of<FlagDecision>("accepts", "Boolean", structure, "The record is right as it stands; false where an earlier decision is taken back.", one => one.Accepts),
            Fields.Of<FlagDecision>("by", "String", structure, "Who decided.", one => one.By),
            Fields.Of<FlagDecision>("reason", "String", prose, "Why.", one => one.Reason),
            Fields.Of<FlagDecision>("when", "DateTime", structure, "When.", one => one.When)));
        parts.Types.Add(Fields.Object(
            "FlaggedRecord", "A record that landed though something was found wrong with it.",
            Fields.Of<QuarantineEntry>("id", "ID!", structure, "Id of the flag, as quarantine lists it.", entry => entry.Id),
            Fields.Of<QuarantineEntry>("source", "String", structure, "Source of the record.", entry => entry.Source),
            Fields.Of<QuarantineEntry>("mapping", "String", structure, "Mapping or format by which it was read.", entry => entry.Mapping),
            Fields.Of<QuarantineEntry>("file", "String", structure, "Name of the file it was found in, without the way to it.", entry => Path.GetFileName(entry.File)),
            Fields.Of<QuarantineEntry>("line", "Long", structure, "Line of the file.", entry => entry.Line),
            Fields.Of<QuarantineEntry>("record", "String", FieldAccess.Reads(Sensitivity.Confidential, MaskKind.Key), "Key of the record in its source.", entry => entry.Record),
            Fields.Of<QuarantineEntry>("field", "String", structure, "Column or field that is flagged.", entry => entry.Field),
            Fields.Of<QuarantineEntry>("reason", "String", prose, "What was found wrong, in words that quote the value.", entry => entry.Reason),
            Fields.Of<QuarantineEntry>("state", "FlagState", structure, "Where the flag stands.", entry => entry.State),
            Fields.Of<QuarantineEntry>("decisions", "[FlagDecision!]", structure, "What persons decided, the latest last.", entry => entry.Decisions)));
        parts.Types.AddRange(Connections.Of("FlaggedRecord", "Records that landed flagged", "FlaggedRecord", (item, _) => item));
        parts.Query.AddField(Fields.Resolved(
            "flaggedRecords", "FlaggedRecordConnection", structure,
            "Records that landed though something was found wrong with them, in the order in which they were found: an identifier that fails its own check, a value left out, halves that contradict each other. Level 3.",
            ListAsync,
            [TypeExpression.Argument("state", "FlagState", "Flags of a state; OPEN where not given."), .. PageRequest.Arguments]));
        parts.Mutation.AddField(Decision("acceptFlag", "Files that a flagged record is right as it stands; its flag is no longer open, in later deliveries either.", accepts: true));
        parts.Mutation.AddField(Decision("reopenFlag", "Takes back that a flagged record is right as it stands; the flag is open again.", accepts: false));
    }

    private GraphQL.Types.FieldType Decision(string name, string description, bool accepts) => Fields.Resolved(
        name, "FlaggedRecord", FieldAccess.Commands(Act.Judge), description,
        context => DecideAsync(context, accepts),
        TypeExpression.Argument("id", "ID!", "Id of the flag."), TypeExpression.Argument("reason", "String!", "Why, in a sentence."));

    private async ValueTask<object?> ListAsync(IResolveFieldContext context)
    {
        var stamp = (await session.ViewAsync(context.Viewer(), default, context.CancellationToken)).Stamp;
        var found = quarantine?.Flagged(context.GetArgument<QuarantineState?>("state") ?? QuarantineState.Open) ?? [];
        context.Meter().Charge(found.Count);
        return pager.Cut(PageRequest.Of(context), stamp, found.Count, at => quarantine!.At(found[at]) is var entry ? (entry.Id, entry) : default, key => Find(found, key));
    }

    private int Find(IReadOnlyList<int> found, string id)
    {
        for (var at = 0; at < found.Count; at++)
            if (quarantine!.At(found[at]).Id == id) return at;
        return -1;
    }

    private async ValueTask<object?> DecideAsync(IResolveFieldContext context, bool accepts)
    {
        var reason = context.GetArgument<string>("reason").Trim();
        if (reason.Length is 0 or > LongestReason) throw Problem.BadInput("reason", $"must have 1 to {LongestReason} characters.");
        var log = quarantine ?? throw Problem.Unavailable("import folder");
        var viewer = context.Viewer();
        var decision = new FlagDecision(accepts, viewer.Of ?? viewer.Role.ToString().ToLowerInvariant(), reason, session.Now);
        try
        {
            return await gate.RunAsync(() => Task.FromResult(log.Decide(context.GetArgument<string>("id"), decision)), context.CancellationToken);
        }
        catch (FlagRefusedException refusal)
        {
            throw new TypedError(Problem.BadInputCode, refusal.Message);
        }
    }
}
