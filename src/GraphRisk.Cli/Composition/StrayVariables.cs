using System.Collections.Immutable;

namespace GraphRisk.Cli.Composition;

/// <summary>Variables of the environment that begin like the program's and are none: most are misspelt, and the setting that was meant is not set.</summary>
internal static class StrayVariables
{
    private const string Prefix = "GRAPHRISK_";

    /// <summary>Read by single commands and not by a server.</summary>
    private static readonly string[] OfCommands = [SettingValues.FileVariable, "GRAPHRISK_SERVER", "GRAPHRISK_TOKEN"];

    /// <summary>Read by the tests and samples, or for two servers at once; what follows is theirs.</summary>
    private static readonly string[] Begins =
    [
        "GRAPHRISK_FROM_NEO4J_", "GRAPHRISK_TO_NEO4J_", "GRAPHRISK_TEST_", "GRAPHRISK_UPDATE_GOLDEN", "GRAPHRISK_FAULTS", "GRAPHRISK_FILLINGS", "GRAPHRISK_ENDINGS", "GRAPHRISK_SOAK",
        "GRAPHRISK_DOCUMENTS", "GRAPHRISK_WORLDS", "GRAPHRISK_SELECTIONS", "GRAPHRISK_SEQUENCES", "GRAPHRISK_SKETCHES", "GRAPHRISK_DATA", "GRAPHRISK_URL",
    ];

    /// <summary>A sentence for each, ordered by name.</summary>
    /// <param name="names">The names of all variables.</param>
    public static ImmutableArray<string> In(IEnumerable<string> names)
    {
        string[] known = [.. Settings.All.Select(setting => setting.Variable).OfType<string>(), .. OfCommands];
        return
        [
            .. names.Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && !known.Contains(name) && !Begins.Any(begin => name.StartsWith(begin, StringComparison.Ordinal)))
                .Order(StringComparer.Ordinal).Select(name => $"{name} is no variable that graphrisk reads{(Near(name, known) is { } near ? $"; perhaps {near} is meant" : "; 'graphrisk config show' lists them")}."),
        ];
    }

    /// <summary>A variable of the same letters in another order, or of all but a few at the end.</summary>
    private static string? Near(string name, string[] known)
    {
        var letters = Letters(name);
        return known.FirstOrDefault(one => string.Concat(Letters(one).Order()) == string.Concat(letters.Order()))
            ?? known.FirstOrDefault(one => letters.Length > 3 && (Letters(one).StartsWith(letters, StringComparison.Ordinal) || (Letters(one).Length > 3 && letters.StartsWith(Letters(one), StringComparison.Ordinal))));
    }

    private static string Letters(string name) => name[Prefix.Length..].Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();
}
