using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace GraphRisk.Market.Stress;

/// <summary>Reads a scenario from JSON: camel case, enumerations by name, no field that is not known.</summary>
public static class ScenarioReader
{
    private const int MostRounds = 1000;
    private const int LongestStep = 366;
    private const decimal LeastOfDepth = 0.000001m;
    private const decimal MostOfDepth = 1_000_000m;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = false,
        ReadCommentHandling = JsonCommentHandling.Skip,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false) },
    };

    /// <summary>The scenario of a text.</summary>
    /// <param name="json">The text.</param>
    /// <param name="origin">What to call it where it does not say its name, such as its file.</param>
    /// <exception cref="ScenarioException">It is no scenario; the message names field and reason.</exception>
    public static Scenario Parse(string json, string origin)
    {
        try
        {
            using (var text = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip }))
                if (text.RootElement.ValueKind != JsonValueKind.Null) ScenarioShape.Require(text.RootElement, Options, origin);
            return Checked(JsonSerializer.Deserialize<Scenario>(json, Options) ?? throw new ScenarioException(origin, "$", "is empty."));
        }
        catch (JsonException error)
        {
            throw new ScenarioException(origin, error.Path ?? "$", ReasonOf(error));
        }
    }

    /// <summary>The same of fields by name, as a question states them.</summary>
    /// <exception cref="ScenarioException">They are no scenario.</exception>
    public static Scenario Parse(IDictionary<string, object?> fields, string origin) => Parse(JsonSerializer.Serialize(fields, Options), origin);

    /// <summary>Why a text does not read, in terms of the scenario and not of the program.</summary>
    private static string ReasonOf(JsonException error)
    {
        var end = error.Message.IndexOf(" Path: ", StringComparison.Ordinal);
        return error.InnerException is null && error.Message.Contains("could not be converted", StringComparison.Ordinal)
            ? "holds a value of another kind than is asked for, or a name that is not known."
            : end < 0 ? error.Message : error.Message[..end];
    }

    private static Scenario Checked(Scenario scenario)
    {
        void Require(bool holds, string field, string reason)
        {
            if (!holds) throw new ScenarioException(scenario.Name, field, reason);
        }

        Require(!string.IsNullOrWhiteSpace(scenario.Name), "name", "is empty.");
        for (var i = 0; i < scenario.Prices.Length; i++)
        {
            var shock = scenario.Prices[i];
            Require(shock.Move is >= -1 and <= 10, $"prices[{i}].move", "is a relative move from -1 to 10.");
            Require(shock.On == ShockScope.Market == shock.Name is null, $"prices[{i}].name", "is needed, but for the market.");
            Require(scenario.Replay is null || shock.On != ShockScope.Market, $"prices[{i}].on", "a replay moves the market already.");
            Require(!scenario.Prices.Take(i).Any(other => (other.On, other.Name) == (shock.On, shock.Name)), $"prices[{i}]", "says twice what another does.");
        }

        if (scenario.Replay is { } replay)
        {
            Require(replay.From < replay.To, "replay.to", "is not after the first day.");
            Require(replay.EveryDays is null or (> 0 and <= LongestStep), "replay.everyDays", $"is a number of days from 1 to {LongestStep}.");
        }

        if (scenario.Depth is { } depth)
        {
            void RequireDepth(decimal value, string field, string advice) => Require(
                value is >= LeastOfDepth and <= MostOfDepth, $"depth.{field}", FormattableString.Invariant($"is above 0, from {LeastOfDepth} to {MostOfDepth}{advice}."));
            RequireDepth(depth.MarketValueShare, "marketValueShare", "; leave depth out where sales move no price");
            RequireDepth(depth.Liquidity, "liquidity", "");
            RequireDepth(depth.Volatility, "volatility", "");
        }

        Require(scenario.FreeMeans is >= 0 and <= 1, "freeMeans", "is a part from 0 to 1.");
        Require(scenario.MaxRounds is > 0 and <= MostRounds, "maxRounds", $"is from 1 to {MostRounds}.");
        return scenario;
    }
}
