namespace GraphRisk.TestKit;

/// <summary>A folder of its own for a test, deleted at the end.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("graphrisk-test-").FullName;

    /// <summary>The folder.</summary>
    public string Root => folder;

    /// <summary>A path inside the folder.</summary>
    public string PathOf(params string[] parts) => Path.Combine([folder, .. parts]);

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
