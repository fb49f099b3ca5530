using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Scoring.Models;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Http;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Server.Supervision;
using GraphRisk.Workflow.Warnings.DryRun;
using GraphRisk.Workflow.Warnings.Rules;

namespace GraphRisk.Server.Warnings;

/// <summary>A dry run, with the view in which those it names are seen.</summary>
internal sealed record WarningDryRunOf(GraphView View, DryRunReport Report, ModelCard? Model);

/// <summary>A client it would have named.</summary>
internal sealed record DryRunNamedOf(GraphView View, NamedClient One) : IAboutSubject
{
    public NodeHandle? Client => View.Snapshot.Nodes.Find(One.Warning.Client) is >= 0 and var node ? new NodeHandle(View, node) : null;

    public NodeHandle Broker => new(View, View.Snapshot.Nodes.Find(One.Broker));

    public string? Subject => Client?.Subject;
}

/// <summary>
/// Rules of early warning before they go live: <c>warningDryRun</c> tells what they would have said over days that have passed and what came of it. Who may file the round of
/// a day may try rules: a broker over its own clients, from what it may know; the supervisor over all.
/// </summary>
internal sealed class WarningDryRunPart(GraphSession session, SnapshotProvider snapshots, Func<CreditModel?> champion, WarningRuleShelf shelf) : ISchemaPart
{
    private const string Name = "warningDryRun";
    private const string Rules = "rules";
    private const int MostCapacity = 10_000;

    public void AddTo(SchemaParts parts)
    {
        parts.Types.Add(Fields.Object(
            "WarningScore", "How warnings did, held against what became of the clients.",
            Count<WarningScore>("named", "Int", "Clients named, each once a day it was.", score => score.Named),
            Count<WarningScore>("known", "Int", "Of them those whose outcome is known: the horizon has passed, or it came true.", score => score.Known),
            Count<WarningScore>("true", "Int", "Of those, the ones that came true: a default with the broker within the horizon.", score => score.True),
            Count<WarningScore>("foretold", "Int", "Defaults by which they came true, each once: a client named on several days is true each of them, by one default, and that may lie after the days.", score => score.Foretold),
            Count<WarningScore>("precision", "Float", "true / known, 0 to 1; null where no outcome is known.", score => score.Precision),
            Count<WarningScore>("defaults", "Int", "Defaults of the days that could have been warned of in time.", score => score.Defaults),
            Count<WarningScore>("warned", "Int", "Of them those that were.", score => score.Warned),
            Count<WarningScore>("recall", "Float", "warned / defaults, 0 to 1; null where there is none.", score => score.Recall)));
        parts.Types.Add(Fields.Object(
            "WarningRuleOutcome", "How one rule did.",
            Fields.Of<RuleOutcome>("rule", "String!", FieldAccess.Structure, "Its name.", one => one.Rule),
            Count<RuleOutcome>("named", "Int", "Clients it named, alone or with other rules.", one => one.Named),
            Count<RuleOutcome>("known", "Int", "Of them those whose outcome is known.", one => one.Known),
            Count<RuleOutcome>("true", "Int", "Of those, the ones that came true.", one => one.True),
            Count<RuleOutcome>("medianDaysAhead", "Int", "Middle of the trading days by which it was ahead of defaults; null where it never was.", one => one.MedianDaysAhead),
            Count<RuleOutcome>("lastWeek", "Int", "Clients it named in the last five trading days.", one => one.LastWeek)));
        parts.Types.Add(Fields.Object(
            "PlainRatioRule", "The rule to beat: whoever's ratio of collateral to debt is at or below a line, lowest first.",
            Count<RatioRule>("line", "Decimal", "The line.", one => one.Line),
            Fields.Of<RatioRule>("score", "WarningScore!", FieldAccess.Structure, "How it did.", one => one.Score)));
        parts.Types.Add(Fields.Object(
            "WarningDryRunNamed", "A client rules would have named.",
            Fields.Of<DryRunNamedOf>("day", "Date!", FieldAccess.Structure, "On which trading day.", one => one.One.Day),
            Fields.Of<DryRunNamedOf>("broker", "Broker!", FieldAccess.Structure, "Whose client.", one => one.Broker),
            Fields.Of<DryRunNamedOf>("client", "Party", FieldAccess.Structure, "The client; null where it is no more.", one => one.Client),
            Fields.Of<DryRunNamedOf>("expectedLoss", "Decimal", Supervised.OfOne, "Probability x exposure x loss given default, yuan.", one => one.One.Warning.ExpectedLoss),
            Fields.Of<DryRunNamedOf>("exposure", "Decimal", Supervised.OfOne, "What it owed the broker, yuan.", one => one.One.Warning.Exposure),
            Fields.Of<DryRunNamedOf>("rules", "[String!]", Supervised.OfOne, "Names of the rules it met.", one => one.One.Warning.Rules.Select(met => met.Rule.Name))));
        parts.Types.Add(Report());
        parts.Query.AddField(Fields.Resolved(
            Name, "WarningDryRun", FieldAccess.Structure,
            "What rules of early warning would have said over days that have passed, day by day with capacity and cool-downs, and what came of it; files nothing. A broker tries them over its own clients, from what it may know; the supervisor over all. One question holds some twenty days, those the rules look back to among them; longer ones are for 'graphrisk warnings --dry-run'.",
            async context => await ResolveAsync(context),
            BitemporalArguments.And(
                TypeExpression.Argument("from", "Date!", "First day."),
                TypeExpression.Argument("to", "Date!", "Last day, no later than asOf, up to which outcomes are known."),
                TypeExpression.Argument(Rules, "String", "Text of a file of rules, JSON, as 'graphrisk warnings --rules' takes it; those in force where not given."),
                TypeExpression.Argument("capacity", "Int", "Clients a desk can be warned of a day; as the policy says where not given."))));
    }

    private static ObjectGraphType Report() => Fields.Object(
        "WarningDryRun", "What rules would have said over some days, and what came of it.",
        Fields.Of<WarningDryRunOf>("from", "Date!", FieldAccess.Structure, "First trading day.", of => of.Report.From),
        Fields.Of<WarningDryRunOf>("to", "Date!", FieldAccess.Structure, "Last one.", of => of.Report.To),
        Fields.Of<WarningDryRunOf>("rules", "String!", FieldAccess.Structure, "Version of the rules: as it would be filed with the warnings, were they live.", of => of.Report.RulesVersion),
        Fields.Of<WarningDryRunOf>("model", "String", FieldAccess.Structure, "Version of the model that scored; null where none did.", of => of.Model?.Version),
        Fields.Of<WarningDryRunOf>("learnedAfter", "Date", FieldAccess.Structure, "Last day of the outcomes the model learned on, where that lies after the first day: the scores are then hindsight.", of => of.Model?.LearnedAfter(of.Report.From)),
        Fields.Of<WarningDryRunOf>("capacity", "Int!", FieldAccess.Structure, "Clients a desk could be warned of a day.", of => of.Report.Policy.Capacity),
        Fields.Of<WarningDryRunOf>("horizon", "Int!", FieldAccess.Structure, "Trading days within which a default makes a warning true.", of => of.Report.Policy.Horizon),
        Fields.Of<WarningDryRunOf>("lead", "Int!", FieldAccess.Structure, "Trading days before a default from which on a warning of it is in time.", of => of.Report.Policy.Lead),
        Fields.Of<WarningDryRunOf>("score", "WarningScore!", FieldAccess.Structure, "How all rules together did.", of => of.Report.Score),
        Count<WarningDryRunOf>("cut", "Int", "Clients that met a rule and were beyond what a desk can work, each once a day.", of => of.Report.Cut),
        Fields.Of<WarningDryRunOf>("byRule", "[WarningRuleOutcome!]!", FieldAccess.Structure, "Rule by rule, in their order.", of => of.Report.Rules),
        Fields.Of<WarningDryRunOf>("ratio", "PlainRatioRule", FieldAccess.Structure, "Of all plain ratio rules at least as precise the one that warned of most defaults; null where none is as precise.", of => of.Report.Ratio),
        Fields.Of<WarningDryRunOf>("mostPreciseRatio", "PlainRatioRule", FieldAccess.Structure, "The plain ratio rule that is most precise; null where none named anybody whose outcome is known.", of => of.Report.MostPreciseRatio),
        Fields.Of<WarningDryRunOf>("namedLastWeek", "[WarningDryRunNamed!]!", FieldAccess.Structure, "Whom they would have named in the last five trading days, by day, broker and rank.", of => of.Report.LastWeek.Select(one => new DryRunNamedOf(of.View, one))),
        Fields.Of<WarningDryRunOf>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on.", of => of.View.Stamp));

    private static FieldType Count<T>(string name, string type, string description, Func<T, object?> read) => Fields.Of(name, type, FieldAccess.Structure, description, read);

    private async Task<WarningDryRunOf> ResolveAsync(IResolveFieldContext context)
    {
        var viewer = context.Viewer();
        var own = viewer.Role == Role.Broker ? viewer.Of : null;
        if (AccessPolicy.Decide(viewer, Act.FileWarnings, own is null ? Standing.Visible : Standing.Own) is { Code: not null } denial) throw AccessDenied.Of(denial, $"Query.{Name}");
        var (from, to) = (context.GetArgument<DateOnly>("from"), context.GetArgument<DateOnly>("to"));
        if (to < from) throw Problem.BadInput("to", FormattableString.Invariant($"must not be before {from:yyyy-MM-dd}."));
        var capacity = context.GetArgument<int?>("capacity");
        if (capacity is < 1 or > MostCapacity) throw Problem.BadInput("capacity", $"must be 1 to {MostCapacity}.");
        var broker = own is null ? (NodeId?)null : NodeId.Parse(own);
        var rules = RulesOf(context.GetArgument<string?>(Rules)) ?? (broker is { Key: var code } ? shelf.For(code) : shelf.Common);
        var (view, model) = ((await session.ViewAsync(context)).RequireData(), champion());
        var until = view.Snapshot.Stamp.AsOfDay;
        if (to > until) throw Problem.BadInput("to", FormattableString.Invariant($"is later than outcomes are known ({until:yyyy-MM-dd}): a dry run beyond would take silence for safety."));
        var report = await new WarningDryRuns(snapshots, model) { Only = broker, Capacity = capacity, KnownAt = BitemporalArguments.Of(context).KnownAt }.RunAsync(
            rules, from, to, until, session.Now,
            days => WarningCases.Charge(context, days.Count, view), context.CancellationToken);
        return new WarningDryRunOf(view, report ?? throw Problem.BadInput("from", "leaves no trading day of which a price is known."), model?.Card);
    }

    private static WarningRules? RulesOf(string? text)
    {
        try
        {
            return text is null ? null : WarningRuleBook.Read("text", text);
        }
        catch (InvalidDataException error)
        {
            throw Problem.BadInput(Rules, error.Message);
        }
    }
}
