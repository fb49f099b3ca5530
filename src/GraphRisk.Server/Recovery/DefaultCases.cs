using System.Globalization;
using GraphQL;
using GraphRisk.Graph.Facts;
using GraphRisk.Market.Calendar;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Decisions;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Resolution;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Decisions;
using GraphRisk.Workflow.Recovery;

namespace GraphRisk.Server.Recovery;

/// <summary>
/// Defaults: declared by an officer or derived from what is recorded; noticed, objected to by the client, reported after its term, cured, and what is sold and received put to the claim until it is closed
/// with what was lost. What is declared is in default for everybody who asks the market.
/// </summary>
internal sealed class DefaultCases(GraphSession session, Lookup lookup, WriteGate gate, WorkingCalendar calendar) : ISchemaPart
{
    private static readonly CaseKind Kind = CaseKind.Default;

    public void AddTo(SchemaParts parts)
    {
        var commands = new MoveCommands(session, lookup, gate, Kind) { Acts = (Act.ObjectToDefault, Act.HandleDefault), Complete = CompleteAsync };
        parts.Mutation.AddField(Fields.Resolved(
            "declareDefault", CaseTypes.PayloadOf(Kind), FieldAccess.Commands(Act.HandleDefault) with { Subject = context => context.Viewer().Of },
            "Declares a default on a contract of the broker's.", context => DeclareAsync(context, commands),
            [
                TypeExpression.Argument("contract", "ID!", "The contract."),
                TypeExpression.Argument("on", "Date!", "Day of the default."),
                TypeExpression.Argument("amount", "Decimal", "Owed on that day; where not given what the last statement says."),
                TypeExpression.Argument("interest", "Decimal", "Of it interest and fees; where not given what the last statement says."),
                TypeExpression.Argument("cause", "DefaultCause!", "What it was caused by, as far as is known."),
                .. MoveArguments.Of(session.Catalog, Kind, "declare"), MoveArguments.Key,
            ]));
        commands.AddTo(parts);
        parts.Types.Add(Fields.Object(
            "DefaultsFiled", "Defaults that were derived for a day.",
            Fields.Of<RoundPayload>("derived", "[Default!]!", FieldAccess.Structure, "Those that were filed.", one => one.Of("derive")),
            Fields.Of<RoundPayload>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on.", one => one.View.Stamp)));
        parts.Mutation.AddField(Fields.Resolved(
            "deriveDefaults", "DefaultsFiled", FieldAccess.Commands(Act.DeriveDefaults) with { Subject = context => context.Viewer().Of },
            "Files the defaults that follow from what is recorded at the close of a day: contracts in default by record, calls that passed unmet, terms that passed unpaid. A broker's own contracts; the supervisor's command is for all. Given again it files nothing.",
            async context => await new Rounds(session, gate).RunAsync(context, (then, present, broker) => new DefaultRound(then, present).StepsOf(broker, context.Meter())), Rounds.Day));
    }

    private async ValueTask<object?> DeclareAsync(IResolveFieldContext context, MoveCommands commands)
    {
        var viewer = context.Viewer();
        var carried = MoveArguments.Read(context, session.Catalog, Kind, "declare");
        var view = await commands.PresentAsync(context);
        var contract = lookup.Node(view, viewer, "contract", context.GetArgument<string>("contract"), "Contract");
        var parties = await CaseRound.PartiesOfAsync(session.Store, contract.Id, view.Version, context.CancellationToken);
        if (parties is null || parties.Broker != viewer.Of) throw Problem.NotFound("contract of yours by this id");
        var on = context.GetArgument<DateOnly>("on");
        if (on > WorkingCalendar.DayOf(session.Now)) throw Problem.BadInput("on", "is a day to come.");
        if (view.Snapshot.Nodes.Get(contract.Number, "openedOn")?.AsDate() is { } opened && on < opened)
            throw Problem.BadInput("on", FormattableString.Invariant($"lies before {opened:yyyy-MM-dd}, on which the contract was opened."));
        var stated = DefaultTerms.ClaimOf(view.Snapshot, contract.Number);
        var amount = context.GetArgument<decimal?>("amount") ?? stated?.Amount ?? throw Problem.BadInput("amount", "is needed: no statement says what is owed.");
        var interest = context.GetArgument<decimal?>("interest") ?? (context.GetArgument<decimal?>("amount") is null ? stated?.Interest : null);
        if (amount <= 0 || interest < 0 || interest > amount) throw Problem.BadInput("amount", "must be above 0, and interest a part of it.");
        var then = on < view.Snapshot.Stamp.AsOfDay ? (await session.ViewAsync(view, Validity.CloseOf(on), context.CancellationToken)).Snapshot : view.Snapshot;
        if (then.Nodes.Find(contract.Id) is >= 0 and var node && DefaultTerms.ClaimOf(then, node) is { } owed && amount > Math.Max(owed.Amount, stated?.Amount ?? 0m))
            throw Problem.BadInput("amount", string.Create(CultureInfo.InvariantCulture, $"is above {Math.Max(owed.Amount, stated?.Amount ?? 0m)}, which is what statements say is owed; a higher claim needs a statement that says it."));
        var terms = new DefaultTerms(
            contract.Id, "DECLARED", context.GetArgument<string>("cause"), on, amount, interest, IsRecorded: view.Market().Defaults.OfContract(contract.Number) is { CuredOn: null });
        var known = await CaseFacts.ReadAsync(session.Store, CaseFacts.IdOf(Kind, parties, new MoveAsked("declare", CaseViewers.MoverIn(view, viewer, parties), context.GetArgument<string>("key"), carried)), view.Version, context.CancellationToken);
        if (known is null && CaseRound.On(view.Snapshot, "DEFAULTS_ON", contract.Id).Any(one => DefaultTerms.Open.Contains(view.Snapshot.Nodes.GetString(one, "state"))))
            throw new Http.TypedError(Problem.ConflictCode, "A default on this contract is under way.");
        return await commands.OpenAsync(context, view, terms.ToOpening(parties), "declare", carried);
    }

    private ValueTask<MoveAsked> CompleteAsync(MoveInHand hand)
    {
        if (Kind.Again(hand.Filed.History, hand.Asked) is { } again) return new(again);
        RequireSecurity(hand);
        if (DefaultTerms.FaultOf(hand.Filed, hand.Asked) is var (field, reason)) throw Problem.BadInput(field, reason);
        try
        {
            var today = WorkingCalendar.DayOf(session.Now);
            var policy = RecoveryPolicy.Common.For(NodeId.Parse(hand.Filed.History.Parties.Broker!).Key, today);
            return new(hand.Asked with
            {
                Circumstances = [.. DefaultTerms.Circumstances(hand.Filed, today)],
                Carried = Properties.Of([.. hand.Asked.Carried, .. DefaultTerms.Computed(hand.Filed, hand.Asked, policy, today, calendar)]),
            });
        }
        catch (YearWithoutCalendarException error)
        {
            throw Problem.BeyondCalendar(error);
        }
    }

    /// <summary>What is said to have been sold is a security there is.</summary>
    private static void RequireSecurity(MoveInHand hand)
    {
        var carried = hand.Asked.Carried;
        if (!carried.TryGet("security", out var code))
        {
            if (carried.TryGet("quantity", out _)) throw Problem.BadInput("quantity", "needs the security of which so many were sold.");
        }
        else if (hand.Node.View.Snapshot.Nodes.Find(new NodeId("Security", code.AsString())) < 0)
        {
            throw Problem.BadInput("security", $"'{code.AsString()}' is the code of no security that is known.");
        }
    }
}
