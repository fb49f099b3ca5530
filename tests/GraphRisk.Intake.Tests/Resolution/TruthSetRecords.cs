using System.Globalization;
using System.Text.Json;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Intake.Tests.Resolution;

/// <summary>Reads records of the Senzing truth set, features of one record each, as party facts.</summary>
internal static class TruthSetRecords
{
    private static readonly string[] DayFormats =
        ["M/d/yy", "M/d/yyyy", "yyyy-MM-dd", "d-MMM-yy", "MMM d yyyy", "MMM d, yyyy", "yyyy/MM/dd", "MMddyyyy"];

    /// <summary>Identifiers by the feature that carries them, with the feature that tells the issuer apart.</summary>
    private static readonly (string Number, string? Issuer, string Scheme)[] Identifiers =
    [
        ("DRIVERS_LICENSE_NUMBER", "DRIVERS_LICENSE_STATE", "LICENCE"), ("SSN_NUMBER", null, "SSN"),
        ("NATIONAL_ID_NUMBER", "NATIONAL_ID_COUNTRY", "NATIONAL"), ("TAX_ID_NUMBER", "TAX_ID_COUNTRY", "TAX"),
    ];

    public static IEnumerable<NodeFact> Read(string path) => File.ReadLines(path).Select(line => Read(JsonDocument.Parse(line).RootElement));

    private static NodeFact Read(JsonElement record)
    {
        var features = record.GetProperty("FEATURES").EnumerateArray()
            .Select(feature => feature.EnumerateObject().ToDictionary(part => part.Name, part => part.Value.GetString()!)).ToList();
        var isPerson = features.Exists(feature => feature.GetValueOrDefault("RECORD_TYPE") == "PERSON");
        var names = features.Select(NameOf).OfType<string>().ToList();
        var fields = new List<string> { $"name={(names.Count > 0 ? names[0] : "-")}" };
        if (names.Count > 1) fields.Add($"aliases={string.Join('|', names[1..])}");
        foreach (var feature in features) fields.AddRange(FieldsOf(feature, isPerson));
        var identifiers = Identifiers.SelectMany(row => features.Where(feature => feature.ContainsKey(row.Number))
            .Select(feature => $"{row.Scheme}{(row.Issuer is null ? "" : feature.GetValueOrDefault(row.Issuer))}:{feature[row.Number]}")).ToList();
        if (identifiers.Count > 0) fields.Add($"identifiers={string.Join('|', identifiers)}");
        var key = $"{record.GetProperty("DATA_SOURCE").GetString()}-{record.GetProperty("RECORD_ID").GetString()}";
        string[] once = [.. fields.DistinctBy(field => field[..field.IndexOf('=', StringComparison.Ordinal)])];
        return isPerson ? ResolutionBench.Person(key, once) : ResolutionBench.Company(key, once);
    }

    private static IEnumerable<string> FieldsOf(Dictionary<string, string> feature, bool isPerson)
    {
        if (feature.TryGetValue("PHONE_NUMBER", out var phone)) yield return $"phone={phone}";
        if (feature.TryGetValue("ADDR_FULL", out var whole)) yield return $"address={whole}";
        if (feature.TryGetValue("ADDR_LINE1", out var street))
            yield return $"address={string.Join(' ', new[] { street, feature.GetValueOrDefault("ADDR_CITY"), feature.GetValueOrDefault("ADDR_STATE") }.OfType<string>())}";
        if (!isPerson) yield break;
        if (feature.TryGetValue("EMAIL_ADDRESS", out var mail)) yield return $"email={mail}";
        if (feature.TryGetValue("DATE_OF_BIRTH", out var birth) && Day(birth) is { } day) yield return $"birthDate={day:yyyy-MM-dd}";
        if (feature.TryGetValue("PASSPORT_NUMBER", out var passport)) yield return $"passport={passport}";
        if (feature.GetValueOrDefault("GENDER") is { Length: > 0 } sex && sex[0] is 'M' or 'F') yield return $"sex={(sex[0] == 'M' ? "MALE" : "FEMALE")}";
    }

    private static string? NameOf(Dictionary<string, string> feature)
    {
        foreach (var whole in (ReadOnlySpan<string>)["NAME_FULL", "NAME_ORG"])
            if (feature.TryGetValue(whole, out var name)) return name;
        return !feature.ContainsKey("NAME_LAST") && !feature.ContainsKey("NAME_FIRST") ? null : string.Join(' ', new[] { "NAME_FIRST", "NAME_MIDDLE", "NAME_LAST" }.Select(part => feature.GetValueOrDefault(part)).OfType<string>());
    }

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, DayFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
