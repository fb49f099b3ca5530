using System.Collections.Immutable;
using GraphQL;
using GraphRisk.Market.Lending;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Score;
using GraphRisk.Server.Security;
using GraphRisk.Scoring.Texts;
using GraphRisk.Workflow.Admission;
using GraphRisk.Workflow.Concentration;

namespace GraphRisk.Server.Applications;

/// <summary>A recommendation on an application of a client.</summary>
/// <param name="Changes">Searched for where they are asked for.</param>
internal sealed record RecommendationOf(NodeHandle Client, NodeHandle Broker, AdmissionRecommendation Advice, Lazy<ImmutableArray<AdmissionChange>> Changes) : IAboutSubject
{
    public string? Subject => Client.Subject;
}

/// <summary>A row of it: a check, a limit or a change.</summary>
internal sealed record AdmissionRowOf<T>(NodeHandle Client, T Row) : IAboutSubject
{
    public string? Subject => Client.Subject;
}

/// <summary>Concentration of a broker's financing.</summary>
internal sealed record ConcentrationOf(NodeHandle Broker, ImmutableArray<ConcentrationFinding> Findings) : IAboutSubject
{
    public string? Subject => Broker.Subject;
}

/// <summary>A measure of it.</summary>
internal sealed record ConcentrationRowOf(NodeHandle Broker, ConcentrationFinding Finding) : IAboutSubject
{
    public string? Subject => Broker.Subject;

    public NodeHandle Of => Broker.At(Broker.View.Snapshot.Nodes.Find(Finding.Subject));
}

/// <summary>GraphQL types of applications and recommendations.</summary>
internal static class ApplicationTypes
{
    public static void AddTo(SchemaParts parts, FieldAccess derived)
    {
        AddInputs(parts);
        AddRecommendation(parts, derived);
        AddConcentration(parts, derived);
    }

    private static void AddInputs(SchemaParts parts)
    {
        parts.Types.Add(Fields.Enum(
            "FinancingProduct", "What is asked for.",
            ("MARGIN", ContractKind.Margin, "Margin trading (融资融券)."),
            ("PLEDGE", ContractKind.Pledge, "Stock-pledged repo (股票质押式回购)."),
            ("REPO", ContractKind.Repo, "Agreed repo (约定购回).")));
        parts.Types.Add(Fields.Input(
            "OfferedSecurityInput", "A security offered as collateral.",
            Fields.Declared("security", "String!", "Its code with the exchange, such as 600519.SH."),
            Fields.Declared("quantity", "Decimal!", "How many, above 0.")));
        parts.Types.Add(Fields.Input(
            "FinancingApplicationInput", "An application for financing.",
            Fields.Declared("product", "FinancingProduct!", "What is asked for."),
            Fields.Declared("amount", "Decimal", "Amount asked for, yuan, above 0; absent for as much as may be."),
            Fields.Declared("termInDays", "Int", "Days to repayment; not declared, a person has to ask."),
            Fields.Declared("collateral", "[OfferedSecurityInput!]", "What is offered; of margin trading, where absent or empty, what the client's accounts with the broker hold and is not pledged."),
            Fields.Declared("shareOfBroker", "Decimal", "Part of the broker's own shares the client holds, 0 to 1; not declared, a person has to ask."),
            Fields.Declared("isAffiliateOfBroker", "Boolean", "Whether the client is an affiliate of the broker; not declared, a person has to ask."),
            Fields.Declared("guarantor", "ID", "Who guarantees for all of it: the terms of its grade hold where they are better. A broker needs its authorisation too.")));
    }

    private static void AddRecommendation(SchemaParts parts, FieldAccess derived)
    {
        parts.Types.Add(Fields.Enum(
            "AdmissionAdvice", "What the program recommends. It never refuses: a refusal is a person's.",
            ("ADMIT", AdmissionAdvice.Admit, "Every check is passed, and the line is what was asked for, cut to a step."),
            ("ADMIT_IN_PART", AdmissionAdvice.AdmitInPart, "Every check is passed, for a smaller line than was asked for."),
            ("REFER", AdmissionAdvice.Refer, "Something speaks against it or is not known: a person decides.")));
        parts.Types.Add(Fields.Enum(
            "AdmissionLever", "What a client can change about an application.",
            ("SMALLER_LINE", AdmissionLever.SmallerLine, "Ask for less."),
            ("LARGER_LINE", AdmissionLever.LargerLine, "Ask for more, where the amount is below the least."),
            ("SHORTER_TERM", AdmissionLever.ShorterTerm, "Ask for a shorter term."),
            ("MORE_COLLATERAL", AdmissionLever.MoreCollateral, "Offer more of a security that is offered, or as much, brought anew."),
            ("LESS_COLLATERAL", AdmissionLever.LessCollateral, "Offer less of a security, or none of it."),
            ("OTHER_COLLATERAL", AdmissionLever.OtherCollateral, "Bring and offer another share in place of all that is offered."),
            ("BETTER_GUARANTOR", AdmissionLever.BetterGuarantor, "Find a guarantor of a better grade."),
            ("MORE_ASSETS", AdmissionLever.MoreAssets, "Bring assets to the broker."),
            ("WAIT", AdmissionLever.Wait, "Apply later.")));
        parts.Types.Add(Fields.Object(
            "Recommendation", "What is recommended on an application, and why; money in yuan.",
            Fields.Of<RecommendationOf>("client", "Party", FieldAccess.Structure, "The client.", one => one.Client),
            Fields.Of<RecommendationOf>("broker", "Broker", FieldAccess.Structure, "The broker.", one => one.Broker),
            Fields.Of<RecommendationOf>("advice", "AdmissionAdvice", derived, "Admit, in full or in part, or refer.", one => one.Advice.Advice),
            Fields.Of<RecommendationOf>("creditLine", "Decimal", derived, "Line recommended on top of what is owed already; where a person decides, what would be recommended if that person admits.", one => one.Advice.CreditLine),
            Fields.Of<RecommendationOf>("annualRate", "Decimal", derived, "Yearly rate recommended: base and expected loss within the broker's range, 0.06 = 6%.", one => one.Advice.AnnualRate),
            Fields.Of<RecommendationOf>("needsSecondPerson", "Boolean", derived, "A line of this amount, or any of a client of this grade, needs a second person's consent.", one => one.Advice.NeedsSecondPerson),
            Fields.Of<RecommendationOf>("checks", "[AdmissionCheck!]", derived, "Every check of the product, in a fixed order.", one => one.Advice.Checks.Select(check => new AdmissionRowOf<AdmissionCheck>(one.Client, check))),
            Fields.Of<RecommendationOf>("limits", "[LineLimit!]", derived, "Every limit of the line, in a fixed order; the line is the least of them, cut to a step.", one => one.Advice.Limits.Select(limit => new AdmissionRowOf<LineLimit>(one.Client, limit))),
            Fields.Of<RecommendationOf>("conditions", "[AdmissionCondition!]", derived, "What has to be done before the line is opened; empty where all that is offered lies with the broker.", one => one.Advice.Conditions.Select(condition => new AdmissionRowOf<AdmissionCondition>(one.Client, condition))),
            Fields.Of<RecommendationOf>("changes", "[AdmissionChange!]", derived, "Of each kind the smallest change by itself that would admit the application as asked for; never of age, sex or region. Empty where it is admitted in full, and where none suffices.", one => one.Changes.Value.Select(change => new AdmissionRowOf<AdmissionChange>(one.Client, change))),
            Fields.Of<RecommendationOf>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on.", one => one.Client.View.Stamp)));
        parts.Types.Add(Fields.Object(
            "AdmissionCheck", "One check of an application.",
            Fields.Of<AdmissionRowOf<AdmissionCheck>>("name", "String!", FieldAccess.Structure, "Stable name.", one => one.Row.Name),
            Fields.Of<AdmissionRowOf<AdmissionCheck>>("title", "String!", FieldAccess.Structure, "As shown.", (one, context) => Words(context).TitleOf(one.Row), ScoreTypes.InLanguage),
            Fields.Of<AdmissionRowOf<AdmissionCheck>>("passed", "Boolean", derived, "Whether it is passed; null where it cannot be told, which is a matter for a person.", one => one.Row.Passed),
            Fields.Of<AdmissionRowOf<AdmissionCheck>>("text", "String", derived.As(ValueKind.Amount), "What was found and what is asked for.", (one, context) => Words(context).Of(one.Row), ScoreTypes.InLanguage),
            Fields.Of<AdmissionRowOf<AdmissionCheck>>("evidence", "[Node]", derived, "Records it rests on.", one => one.Row.Evidence.Select(id => one.Client.View.Snapshot.Nodes.Find(id)).Where(node => node >= 0).Select(one.Client.At))));
        parts.Types.Add(Fields.Object(
            "LineLimit", "An amount a line may not exceed.",
            Fields.Of<AdmissionRowOf<LineLimit>>("name", "String!", FieldAccess.Structure, "Stable name.", one => one.Row.Name),
            Fields.Of<AdmissionRowOf<LineLimit>>("amount", "Decimal", derived, "The amount; null where it cannot be told, which leaves nothing.", one => one.Row.Amount),
            Fields.Of<AdmissionRowOf<LineLimit>>("text", "String", derived.As(ValueKind.Amount), "How it comes about.", (one, context) => Words(context).Of(one.Row), ScoreTypes.InLanguage)));
        parts.Types.Add(Fields.Object(
            "AdmissionCondition", "What has to be done before a line is opened.",
            Fields.Of<AdmissionRowOf<AdmissionCondition>>("name", "String!", FieldAccess.Structure, "Stable name.", one => one.Row.Name),
            Fields.Of<AdmissionRowOf<AdmissionCondition>>("text", "String", derived.As(ValueKind.Amount), "In a sentence.", (one, context) => Words(context).Of(one.Row), ScoreTypes.InLanguage)));
        parts.Types.Add(Fields.Object(
            "AdmissionChange", "The smallest change of its kind that would admit an application as asked for.",
            Fields.Of<AdmissionRowOf<AdmissionChange>>("lever", "AdmissionLever", derived, "Its kind.", one => one.Row.Lever),
            Fields.Of<AdmissionRowOf<AdmissionChange>>("amount", "Decimal", derived, "Yuan: the amount to ask for, the value of the other share, the assets to bring.", one => one.Row.Amount),
            Fields.Of<AdmissionRowOf<AdmissionChange>>("security", "String", derived, "Code of the security of which more or less is offered.", one => one.Row.Security?.Key),
            Fields.Of<AdmissionRowOf<AdmissionChange>>("quantity", "Decimal", derived, "How many of it to offer in all.", one => one.Row.Quantity),
            Fields.Of<AdmissionRowOf<AdmissionChange>>("grade", "String", derived, "The least grade of the guarantor.", one => one.Row.Grade),
            Fields.Of<AdmissionRowOf<AdmissionChange>>("day", "Date", derived, "First day on which to apply, or last one on which to repay.", one => one.Row.Day),
            Fields.Of<AdmissionRowOf<AdmissionChange>>("creditLine", "Decimal", derived, "The line then.", one => one.Row.Then.CreditLine),
            Fields.Of<AdmissionRowOf<AdmissionChange>>("text", "String", derived.As(ValueKind.Amount), "In a sentence.", (one, context) => Words(context).Of(one.Row), ScoreTypes.InLanguage)));
    }

    private static void AddConcentration(SchemaParts parts, FieldAccess derived)
    {
        parts.Types.Add(Fields.Enum(
            "ConcentrationMeasure", "What is measured.",
            ("CLIENT_TO_NET_CAPITAL", ConcentrationMeasure.ClientToNetCapital, "Financing of one client to net capital."),
            ("STOCK_TO_MARKET_VALUE", ConcentrationMeasure.StockToMarketValue, "One stock as collateral to all its shares."),
            ("TOTAL_TO_NET_CAPITAL", ConcentrationMeasure.TotalToNetCapital, "All financing to net capital.")));
        parts.Types.Add(Fields.Enum(
            "ConcentrationLevel", "How a measure stands to its limit.",
            ("KEPT", ConcentrationLevel.Kept, "Below the warning line."),
            ("WARNING", ConcentrationLevel.Warning, "At or above the warning line."),
            ("BREACH", ConcentrationLevel.Breach, "Above the limit.")));
        parts.Types.Add(Fields.Object(
            "BrokerConcentration", "How concentrated a broker's financing is.",
            Fields.Of<ConcentrationOf>("broker", "Broker", FieldAccess.Structure, "The broker.", one => one.Broker),
            Fields.Of<ConcentrationOf>("measures", "[ConcentrationFinding!]", derived, "The total, and every client and stock at or above its warning line: by measure, then largest first. Those against net capital are absent where none is stated.", one => one.Findings.Select(finding => new ConcentrationRowOf(one.Broker, finding))),
            Fields.Of<ConcentrationOf>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on.", one => one.Broker.View.Stamp)));
        parts.Types.Add(Fields.Object(
            "ConcentrationFinding", "One measure against its limit.",
            Fields.Of<ConcentrationRowOf>("measure", "ConcentrationMeasure", derived, "What is measured.", one => one.Finding.Measure),
            Fields.Of<ConcentrationRowOf>("of", "Node", derived, "The client, security or broker it is of.", one => one.Of),
            Fields.Of<ConcentrationRowOf>("amount", "Decimal", derived, "Yuan, or shares of a stock.", one => one.Finding.Amount),
            Fields.Of<ConcentrationRowOf>("base", "Decimal", derived, "What it is held against, in the same unit.", one => one.Finding.Base),
            Fields.Of<ConcentrationRowOf>("ratio", "Decimal", derived, "The one to the other, to 12 digits.", one => decimal.Round(one.Finding.Ratio, 12)),
            Fields.Of<ConcentrationRowOf>("warning", "Decimal", FieldAccess.Structure, "From which part on it is warned of.", one => one.Finding.Limit.Warning),
            Fields.Of<ConcentrationRowOf>("limit", "Decimal", FieldAccess.Structure, "Above which part it is a breach.", one => one.Finding.Limit.Most),
            Fields.Of<ConcentrationRowOf>("level", "ConcentrationLevel", derived, "How it stands.", one => one.Finding.Level)));
    }

    private static AdmissionText Words(IResolveFieldContext context) => AdmissionText.In(context.GetArgument<Language?>("language") ?? Language.English);
}
