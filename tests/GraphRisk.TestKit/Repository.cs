namespace GraphRisk.TestKit;

/// <summary>The repository the tests run in.</summary>
public static class Repository
{
    /// <summary>Folder that holds GraphRisk.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A path inside the repository.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "GraphRisk.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("GraphRisk.sln is above none of the test's folders.");
    }
}
