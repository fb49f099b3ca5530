using GraphRisk.Market.Stress;
using GraphRisk.Server.Composition;

namespace GraphRisk.Server.Stress;

/// <summary>A scenario as an argument: the fields of a scenario file, under the same names.</summary>
internal static class StressInputs
{
    public static void AddTo(SchemaParts parts)
    {
        parts.Types.Add(Fields.Enum(
            "ShockScope", "What a move of prices falls on; the most specific counts alone.",
            ("SECURITY", ShockScope.Security, "One security, by code."),
            ("INDUSTRY", ShockScope.Industry, "Securities whose issuer is of an industry."),
            ("INDEX", ShockScope.Index, "Constituents of an index."),
            ("MARKET", ShockScope.Market, "Every security.")));
        parts.Types.Add(Fields.Enum(
            "SaleLine", "From which line of a contract collateral is sold.",
            ("CALL", SaleLine.Call, "The line for calls: nobody tops up."),
            ("CLOSING", SaleLine.Closing, "The closing line: who is called is given time.")));
        parts.Types.Add(Fields.Input(
            "PriceShockInput", "A move of prices.",
            Fields.Declared("on", "ShockScope!", "What it falls on."),
            Fields.Declared("name", "String", "Code of the security, name of the industry or index; absent for the market."),
            Fields.Declared("move", "Decimal!", "Relative move, -0.2 for a fall by 20%.")));
        parts.Types.Add(Fields.Input(
            "PriceReplayInput", "Recorded closes played again, with the suspensions of their days.",
            Fields.Declared("from", "Date!", "Day whose closes they start from."),
            Fields.Declared("to", "Date!", "Day whose closes they end at."),
            Fields.Declared("everyDays", "Int", "Length of a step in days; one step where absent.")));
        parts.Types.Add(Fields.Input(
            "MarketDepthInput", "Money that brings a price to nothing, by the market value of the security.",
            Fields.Declared("marketValueShare", "Decimal!", "Part of the market value."),
            Fields.Declared("liquidity", "Decimal", "What is left of it; 1 where absent."),
            Fields.Declared("volatility", "Decimal", "By how much prices swing more than usual, which divides it; 1 where absent.")));
        parts.Types.Add(Fields.Input(
            "StressScenarioInput", "What is supposed to happen.",
            Fields.Declared("name", "String!", "Its name."),
            Fields.Declared("prices", "[PriceShockInput!]", "Moves of prices."),
            Fields.Declared("replay", "PriceReplayInput", "Recorded prices to play again."),
            Fields.Declared("suspended", "[String!]", "Codes of securities that cannot be sold, beside those that are suspended."),
            Fields.Declared("depth", "MarketDepthInput", "What sales move prices by; absent where they do not."),
            Fields.Declared("defaultedClients", "[ID!]", "Clients that are in default whatever they have."),
            Fields.Declared("defaultedBrokers", "[String!]", "Codes of brokers that fail and call in all they lent."),
            Fields.Declared("sellFrom", "SaleLine", "From which line collateral is sold; CALL where absent."),
            Fields.Declared("freeMeans", "Decimal", "Part of what parties have beside their collateral that they can pay with, 0 to 1; 1 where absent."),
            Fields.Declared("maxRounds", "Int", "Rounds of sales in a wave at most; 100 where absent.")));
    }
}
