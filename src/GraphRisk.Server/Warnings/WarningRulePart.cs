using GraphQL;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Scoring.Texts;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Score;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Warnings.Figures;
using GraphRisk.Workflow.Warnings.Rules;

namespace GraphRisk.Server.Warnings;

/// <summary>The rules of early warning, with the view whose stamp goes with them.</summary>
internal sealed record WarningRulesOf(WarningRules Rules, GraphView View);

/// <summary>The rules of early warning as data: <c>warningRules</c>.</summary>
internal sealed class WarningRulePart(GraphSession session, Lookup lookup, WarningRuleShelf shelf) : ISchemaPart
{
    public void AddTo(SchemaParts parts)
    {
        parts.Types.Add(Fields.Enum(
            "WarningConditionKind", "What sort of condition a rule of early warning has.",
            ("LEVEL", WarningConditionKind.Level, "The figure of the day is held against the limit."),
            ("CHANGE", WarningConditionKind.Change, "The figure of the day, less that of so many trading days before, is held against the limit."),
            ("NEW", WarningConditionKind.New, "Something happened after the day so many trading days before."),
            ("HELD", WarningConditionKind.Held, "The figure of each of so many trading days is held against the limit.")));
        parts.Types.Add(Fields.Enum(
            "WarningOperator", "How a figure is held against a limit.",
            ("BELOW", WarningOperator.Below, "Below it."),
            ("AT_OR_BELOW", WarningOperator.AtOrBelow, "At or below it."),
            ("AT_OR_ABOVE", WarningOperator.AtOrAbove, "At or above it."),
            ("ABOVE", WarningOperator.Above, "Above it.")));
        parts.Types.Add(Fields.Object(
            "WarningRules", "The rules of early warning in force.",
            Fields.Of<WarningRulesOf>("version", "String!", FieldAccess.Structure, "The first twelve digits of the SHA-256 of their text.", of => of.Rules.Version),
            Fields.Of<WarningRulesOf>("rows", "[WarningRule!]!", FieldAccess.Structure, "The rules, in their order.", of => of.Rules.Rows),
            Fields.Of<WarningRulesOf>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on.", of => of.View.Stamp)));
        parts.Types.Add(Fields.Object(
            "WarningRule", "A rule of early warning.",
            Fields.Of<WarningRule>("name", "String!", FieldAccess.Structure, "Stable name.", rule => rule.Name),
            Fields.Of<WarningRule>("title", "String!", FieldAccess.Structure, "As shown.", (rule, context) => context.GetArgument<Language?>("language") == Language.Chinese ? rule.Title.Zh : rule.Title.En, ScoreTypes.InLanguage),
            Fields.Of<WarningRule>("kind", "WarningConditionKind!", FieldAccess.Structure, "What sort of condition.", rule => rule.Kind),
            Fields.Of<WarningRule>("figure", "String!", FieldAccess.Structure, "The figure it looks at, or a feature of the score.", rule => rule.Figure),
            Fields.Of<WarningRule>("means", "String", FieldAccess.Structure, "What the figure is, with its unit; null of a feature.", rule => WarningFigures.Find(rule.Figure)?.Means),
            Fields.Of<WarningRule>("operator", "WarningOperator", FieldAccess.Structure, "How the figure is held against the limit.", rule => rule.Operator),
            Fields.Of<WarningRule>("limit", "Decimal", FieldAccess.Structure, "What it is held against, in the figure's unit.", rule => rule.Limit),
            Fields.Of<WarningRule>("days", "Int", FieldAccess.Structure, "Trading days it looks at, or back to.", rule => rule.Days),
            Fields.Of<WarningRule>("severity", "String!", FieldAccess.Structure, "How urgent it is: NOTICE, SERIOUS, CRITICAL.", rule => rule.Severity.ToString().ToUpperInvariant()),
            Fields.Of<WarningRule>("coolDownDays", "Int!", FieldAccess.Structure, "Calendar days during which the same client is not warned of by it again.", rule => rule.CoolDownDays),
            Fields.Of<WarningRule>("team", "String!", FieldAccess.Structure, "Team that owns it.", rule => rule.Team),
            Fields.Of<WarningRule>("escalatesTo", "String!", FieldAccess.Structure, "Team it goes to where nobody takes it in time.", rule => rule.EscalatesTo),
            Fields.Of<WarningRule>("takeWithinDays", "Int!", FieldAccess.Structure, "Working days in which it has to be taken.", rule => rule.TakeWithinDays)));
        parts.Query.AddField(Fields.Resolved(
            "warningRules", "WarningRules", FieldAccess.Reads(Sensitivity.Internal), "The rules of early warning by which clients are warned of, as data: a broker's own where it has some, else those of all. Level 2.",
            async context => await ResolveAsync(context), BitemporalArguments.And(TypeExpression.Argument("broker", "ID", "Whose rules, by code or id; the common ones where not given, and of a broker that asks always its own."))));
    }

    private async ValueTask<WarningRulesOf> ResolveAsync(IResolveFieldContext context)
    {
        var (viewer, view) = (context.Viewer(), await session.ViewAsync(context));
        var broker = lookup.BrokerOfRules(view, viewer, "broker", context.GetArgument<string?>("broker"));
        return new WarningRulesOf(broker is { Key: var code } ? shelf.For(code) : shelf.Common, view);
    }
}
