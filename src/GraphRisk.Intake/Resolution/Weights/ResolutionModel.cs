using System.Collections.Immutable;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GraphRisk.Intake.Resolution.Comparison;

namespace GraphRisk.Intake.Resolution.Weights;

/// <summary>
/// What agreement weighs, for persons and for companies. It stays as it is until it is learned anew, so that a record that comes
/// today is judged as the same record would have been yesterday. Immutable.
/// </summary>
/// <param name="Person">Of persons.</param>
/// <param name="Company">Of companies.</param>
public sealed record ResolutionModel(KindModel Person, KindModel Company)
{
    private const int Format = 1;
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true };

    /// <summary>What is believed before any records are seen.</summary>
    public static ResolutionModel Believed { get; } = new(KindModel.Believed(isPerson: true), KindModel.Believed(isPerson: false));

    /// <summary>Name of the model in judgements: eight digits of a hash of its weights.</summary>
    public string Name { get; } = $"weights {NameOf(Person, Company)}";

    /// <summary>The model of a kind.</summary>
    public KindModel Of(bool isPerson) => isPerson ? Person : Company;

    /// <summary>The model as JSON.</summary>
    public string ToJson() => new JsonObject { ["format"] = Format, ["person"] = Node(Person), ["company"] = Node(Company) }.ToJsonString(Written);

    /// <summary>Reads what <see cref="ToJson"/> writes.</summary>
    /// <exception cref="InvalidDataException">It is no model, or one of rows that are no more.</exception>
    public static ResolutionModel FromJson(string json)
    {
        try
        {
            var root = JsonNode.Parse(json)!.AsObject();
            if ((int?)root["format"] != Format) throw new InvalidDataException($"its format is {root["format"]} and not {Format}");
            return new ResolutionModel(Read(root["person"], isPerson: true), Read(root["company"], isPerson: false));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or NullReferenceException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException(error.Message, error);
        }
    }

    private static JsonObject Node(KindModel model)
    {
        var levels = new JsonObject();
        for (var row = 0; row < model.Table.Length; row++)
            levels[model.Table[row].Name] = new JsonArray(model.Shares[row].OfSame, model.Shares[row].OfOthers);
        return new JsonObject
        {
            ["records"] = model.Records, ["matches"] = model.Matches, ["levels"] = levels,
            ["verdicts"] = model.Verdicts, ["calibration"] = new JsonArray(model.Calibration.Offset, model.Calibration.Slope),
            ["thresholds"] = new JsonArray(model.Thresholds.Match, model.Thresholds.Review),
        };
    }

    private static KindModel Read(JsonNode? node, bool isPerson)
    {
        if (node?["levels"] is not JsonObject levels) throw new InvalidDataException("it has no levels");
        var shares = ImmutableArray.CreateBuilder<LevelShares>();
        foreach (var feature in FeatureTable.Of(isPerson))
        {
            if (feature.CameLater && levels[feature.Name] is null)
            {
                shares.Add(new LevelShares(feature.OfSame, feature.OfOthers));
                continue;
            }

            if (levels[feature.Name] is not JsonArray { Count: 2 } pair) throw new InvalidDataException($"it says nothing of '{feature.Name}'");
            shares.Add(new LevelShares(Share(pair[0], feature), Share(pair[1], feature)));
            if (shares[^1].OfOthers <= 0) throw new InvalidDataException($"the share of others at '{feature.Name}' is nil");
        }

        if (levels.FirstOrDefault(level => !FeatureTable.Of(isPerson).Any(feature => feature.Name == level.Key)).Key is { } unknown)
            throw new InvalidDataException($"it weighs '{unknown}', which is compared no more");
        var (records, matches) = ((int)node["records"]!, (double)node["matches"]!);
        if (records < 0 || matches is not (> 0 and < 1)) throw new InvalidDataException("its number of records or its share of matches is none");
        return new KindModel(isPerson, records, matches, shares.ToImmutable())
        {
            Verdicts = (int?)node["verdicts"] ?? 0, Calibration = CalibrationIn(node["calibration"]), Thresholds = ThresholdsIn(node["thresholds"]),
        };
    }

    private static Thresholds ThresholdsIn(JsonNode? node)
    {
        if (node is null) return Thresholds.Default;
        if (node is JsonArray { Count: 2 } pair && (decimal)pair[0]! is <= 1 and var match && (decimal)pair[1]! is > 0 and var review && review <= match) return new Thresholds(match, review);
        throw new InvalidDataException("its thresholds are none");
    }

    private static Calibration CalibrationIn(JsonNode? node)
    {
        if (node is null) return Calibration.None;
        if (node is JsonArray { Count: 2 } line && (int)line[0]! is >= -Calibration.MostOffset and <= Calibration.MostOffset and var offset
            && (double)line[1]! is >= Calibration.LeastSlope and <= Calibration.MostSlope and var slope) return new Calibration(offset, slope);
        throw new InvalidDataException("its calibration is none");
    }

    private static double Share(JsonNode? node, Feature feature) =>
        (double)node! is >= 0 and <= 1 and var share ? share : throw new InvalidDataException($"a share of '{feature.Name}' is not between 0 and 1");

    private static string NameOf(KindModel person, KindModel company)
    {
        var text = new StringBuilder();
        foreach (var model in (ReadOnlySpan<KindModel>)[person, company])
        {
            text.Append(FormattableString.Invariant($"{model.Records} {model.Matches:R}"));
            for (var row = 0; row < model.Table.Length; row++)
                text.Append(FormattableString.Invariant($" {model.Table[row].Name} {model.Shares[row].OfSame:R} {model.Shares[row].OfOthers:R}"));
            if (model.Calibration != Calibration.None) text.Append(FormattableString.Invariant($" {model.Calibration.Offset} {model.Calibration.Slope:R}"));
            if (model.Thresholds != Thresholds.Default) text.Append(FormattableString.Invariant($" {model.Thresholds.Match} {model.Thresholds.Review}"));
        }

        return XxHash32.HashToUInt32(Encoding.UTF8.GetBytes(text.ToString())).ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
    }
}
