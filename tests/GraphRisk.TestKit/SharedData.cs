namespace GraphRisk.TestKit;

/// <summary>Finds data that stands beside the repository and is not part of it.</summary>
public static class SharedData
{
    /// <summary>
    /// Path of a file or folder below the shared folder, such as <c>data/er/fake_1000.csv</c> or <c>cases/ownership.json</c>.
    /// Ends the test as skipped, with the reason, where it is absent. <c>GRAPHRISK_DATA</c> names another place of <c>data</c>.
    /// </summary>
    public static string Require(string path)
    {
        foreach (var root in Roots(path))
            if (Path.Exists(root)) return root;
        Skip.Because($"'{path}' is not in ../shared beside the repository (nor, for data, under GRAPHRISK_DATA).");
        return path;
    }

    private static IEnumerable<string> Roots(string path)
    {
        if (Environment.GetEnvironmentVariable("GRAPHRISK_DATA") is { Length: > 0 } data && path.StartsWith("data/", StringComparison.Ordinal))
            yield return Path.Combine(data, path["data/".Length..]);
        yield return Path.Combine(Repository.Root, "..", "shared", path);
    }
}
