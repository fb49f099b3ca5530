using System.ComponentModel;
using System.Diagnostics;
using GraphRisk.TestKit;

namespace GraphRisk.Server.Tests.Http;

public class GraphQLHttpAuditTests
{
    private static string AuditDirectory { get; } = Repository.PathOf("tests", "graphql-http-audit");

    [Test]
    public async Task TheServerPassesAllAuditsOfGraphQLOverHttp()
    {
        if (!Directory.Exists(Path.Combine(AuditDirectory, "node_modules", "graphql-http")))
            Skip.Because("the audits of GraphQL over HTTP are not installed; run npm ci in tests/graphql-http-audit.");
        await using var server = await TinyServer.Start();
        using var node = StartNode(server.Url);
        var report = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        TestContext.Out.WriteLine(report);
        Assert.That(report.TrimEnd(), Does.EndWith("61 of 61 ok"));
        Assert.That(node.ExitCode, Is.Zero);
    }

    private static Process StartNode(string url)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("node", ["run.mjs", url]) { WorkingDirectory = AuditDirectory, RedirectStandardOutput = true })!;
        }
        catch (Win32Exception)
        {
            Skip.Because("Node is not installed.");
            throw;
        }
    }
}
