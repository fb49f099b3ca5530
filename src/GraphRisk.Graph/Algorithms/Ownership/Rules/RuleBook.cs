using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GraphRisk.Graph.Algorithms.Ownership.Rules;

/// <summary>
/// The rules there are: one file a rule, embedded, read strictly. A file with a member nobody reads, a limb built on one that is
/// not there, a threshold outside 0 to 1 or wordings out of order is a fault of the program and stops it.
/// </summary>
public sealed class RuleBook
{
    private const string Folder = "law/";

    private static readonly JsonSerializerOptions Reading = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false) },
    };

    private RuleBook(ImmutableArray<OwnershipRule> rules) => All = rules;

    /// <summary>The shipped rules.</summary>
    public static RuleBook Shipped { get; } = new([.. Files().Select(file => Read(file.Name, file.Text))]);

    /// <summary>All rules, by name.</summary>
    public ImmutableArray<OwnershipRule> All { get; }

    /// <summary>The rule of a name; null where there is none.</summary>
    public OwnershipRule? Find(string name) => All.FirstOrDefault(rule => rule.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads a rule.</summary>
    /// <param name="file">Name of the file, for messages.</param>
    /// <param name="text">Its text.</param>
    /// <exception cref="InvalidDataException">The text is no rule.</exception>
    public static OwnershipRule Read(string file, string text)
    {
        OwnershipRule rule;
        try
        {
            rule = JsonSerializer.Deserialize<OwnershipRule>(text, Reading) ?? throw new InvalidDataException($"{file} is empty.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{file}: {error.Message}", error);
        }

        foreach (var fault in FaultsOf(rule)) throw new InvalidDataException($"{file}: {fault}.");
        return rule;
    }

    private static IEnumerable<string> FaultsOf(OwnershipRule rule)
    {
        if (rule.Versions.IsDefaultOrEmpty) yield return "it has no version";
        if (!rule.Versions.Select(version => version.From).SequenceEqual(rule.Versions.Select(version => version.From).Distinct().Order())) yield return "its versions are out of order";
        foreach (var limbs in rule.Versions.Select(version => version.Limbs))
        {
            var names = limbs.Select(limb => limb.Name).ToHashSet(StringComparer.Ordinal);
            if (names.Count < limbs.Length) yield return "two limbs have one name";
            foreach (var limb in limbs)
            {
                if (limb.Threshold is < 0 or > 1 || limb.Step is < 0 or > 1) yield return $"'{limb.Name}' has a threshold outside 0 to 1";
                if (limb.Unless.Concat(limb.Failing).Concat(limb.Where).Concat(limb.Of).FirstOrDefault(other => !names.Contains(other)) is { } missing) yield return $"'{limb.Name}' is built on '{missing}', which is no limb";
                if (limb.Of.IsEmpty == limb.Kind is LimbKind.PartOfController or LimbKind.Common or LimbKind.Relative) yield return $"'{limb.Name}' is built on a limb, or it is not; its kind says the other";
                if (limb.Of.Any(name => names.Contains(name) && limbs.First(other => other.Name == name) is { Of.IsEmpty: false, Kind: var kind } && (limb.Kind != LimbKind.Common || kind == LimbKind.Common))) yield return $"'{limb.Name}' is built on a limb that is built itself";
                if (limb.Of.Contains(limb.Name)) yield return $"'{limb.Name}' is built on itself";
                if (limb.Report is null != (limb.ReportWithin == 0) || limb.ReportWithin < 0 || (limb.Report is not null && limb.Step == 0)) yield return $"'{limb.Name}' asks for a report without a term or a step, or has a term for none";
                if (limb.Relationship is null == (limb.Kind == LimbKind.Tie)) yield return $"'{limb.Name}' needs a relationship, or has one that nothing reads";
            }
        }
    }

    private static IEnumerable<(string Name, string Text)> Files()
    {
        var assembly = typeof(RuleBook).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return (name[Folder.Length..], reader.ReadToEnd());
        }
    }
}
