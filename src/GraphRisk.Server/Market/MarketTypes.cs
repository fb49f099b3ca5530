using GraphQL.Types;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Score;
using GraphRisk.Server.Security;
using GraphRisk.Workflow.Market;

namespace GraphRisk.Server.Market;

/// <summary>GraphQL type of a row of the market.</summary>
internal static class MarketTypes
{
    /// <param name="access">What the figures read.</param>
    /// <param name="jurisdictions">What jurisdictions are called.</param>
    public static ObjectGraphType Row(FieldAccess access, CodeList jurisdictions)
    {
        FieldType Figure(string name, string type, string description, Func<MarketFigures, object?> read) =>
            Fields.Of<MarketRowOf>(name, type, access, description, one => read(one.Figures));
        FieldType Scored(string name, string type, string description, Func<MarketFigures, object?> read) =>
            Fields.Of<MarketRowOf>(name, type, access, description, one => read(one.Scored()));
        return Fields.Object(
            "MarketRow", "Figures of one broker, jurisdiction or of the market; money in yuan. In an edition to three digits, and null where too few make them up.",
            Figure("key", "String!", "Code of the broker or of the jurisdiction, or MARKET.", row => row.Key),
            Figure("name", "String", "Name of the broker; null for other divisions.", row => row.Name),
            CodeNames.Field<MarketRowOf>("jurisdictionName", jurisdictions, access, "What a jurisdiction is called", one => one.Figures.Key),
            Figure("brokers", "Int", "Brokers in the division.", row => row.Brokers),
            Figure("netCapital", "Decimal", "Their net capital, as far as stated.", row => row.NetCapital),
            Figure("clients", "Int", "Clients, each once.", row => row.Clients),
            Figure("clientsWithDebt", "Int", "Clients that owe something; null where no debt was stated yet.", row => row.ClientsWithDebt),
            Figure("contracts", "Int", "Outstanding contracts, those under which nothing is owed now among them.", row => row.Contracts),
            Figure("debt", "Decimal", "Owed in all; null where no debt was stated yet.", row => row.Debt),
            Figure("marginDebt", "Decimal", "Owed under margin contracts; null likewise.", row => row.MarginDebt),
            Figure("pledgeDebt", "Decimal", "Owed under stock-pledged repos; null likewise.", row => row.PledgeDebt),
            Figure("repoDebt", "Decimal", "Owed under agreed repos; null likewise.", row => row.RepoDebt),
            Figure("collateral", "Decimal", "What secures all of it.", row => row.Collateral),
            Figure("maintenanceRatio", "Decimal", "Assets to debt over all margin contracts with debt; null without liability.", row => Rounded(row.MaintenanceRatio)),
            Figure("debtBelowCallLine", "Decimal", "Part of the debt, 0 to 1, at or below the line for calls or warnings; null without debt.", row => Rounded(row.DebtBelowCallLine)),
            Figure("debtBelowClosingLine", "Decimal", "Part of the debt, 0 to 1, at or below the closing line; null without debt.", row => Rounded(row.DebtBelowClosingLine)),
            Scored("scoredClients", "Int", "Clients with debt and a score; in a broker's own row those that allowed it.", row => row.ScoredClients),
            Scored("highRiskClients", "Int", "Of these, those whose probability of default is 5% or more; null in a broker's own row.", row => row.HighRiskClients),
            Scored("meanProbabilityOfDefault", "Float", "Mean probability of default of clients with debt.", row => Rounded(row.MeanProbabilityOfDefault)),
            Scored("debtWeightedProbabilityOfDefault", "Float", "The same weighted by debt.", row => Rounded(row.DebtWeightedProbabilityOfDefault)));
    }

    private static decimal? Rounded(decimal? number) => number is { } known ? decimal.Round(known, 12) : null;

    private static double? Rounded(double? number) => number is { } known ? ScoreTypes.Rounded(known) : null;
}
