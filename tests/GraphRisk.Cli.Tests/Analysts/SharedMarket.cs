namespace GraphRisk.Cli.Tests.Analysts;

/// <summary>
/// The published market for all tests of the folder: opened at the first call, because it is scored and published anew,
/// closed after the last of them. What a test changes of it is put back by that test.
/// </summary>
[SetUpFixture]
public sealed class SharedMarket
{
    private static readonly Lazy<Task<PublishedMarket>> Opened = new(PublishedMarket.OpenAsync);

    /// <summary>Ends the tests as skipped where no server is named.</summary>
    internal static Task<PublishedMarket> OpenAsync() => Opened.Value;

    [OneTimeTearDown]
    public async Task Close()
    {
        if (Opened.IsValueCreated && Opened.Value.IsCompletedSuccessfully) await (await Opened.Value).DisposeAsync();
    }
}
