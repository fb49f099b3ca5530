using System.CommandLine;
using System.Text.Json.Nodes;
using GraphRisk.Cli.Commands;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Server.Security;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Cli.Decisions;

/// <summary><c>graphrisk cases inspect</c>: one case with all that was known, as a page.</summary>
internal static class CaseInspection
{
    public static ExampleCommand Build(Host host)
    {
        var number = new Argument<string>("case") { Description = "Number of the case, such as A-0123-4567-89AB-CDEF: an application, a complaint, a warning, a margin call, a default or a request to freeze." };
        var output = new Option<FileInfo>("--output") { Description = "HTML file to write; it stands alone, and only its owner may read it.", HelpName = "FILE", Required = true };
        var language = CommonOptions.Language("the page");
        var reason = new Option<string>("--reason") { Description = "Why it is read with the names of those who decided; filed.", Required = true, HelpName = "TEXT" };
        var data = CommonOptions.Data();
        var command = new ExampleCommand("inspect",
            "Write one case with all that was known, as the supervisor: its moves and by whom, held against the table of its kind; the recommendation each decision was made on, in the words it had then, with model, rules and version of the store; what happened since.",
            "cases inspect A-0123-4567-89AB-CDEF --output case.html --reason \"inspection of June\"",
            "cases inspect D-0123-4567-89AB-CDEF --output default.html --reason \"inspection of June\" --language ZH")
        { number, output, language, reason, data };
        command.SetAction((parsed, cancellation) =>
        {
            var (typed, file) = (parsed.GetValue(number)!, parsed.GetValue(output)!);
            var kind = CaseKind.All.FirstOrDefault(one => typed.StartsWith($"{one.NodeType[0]}-", StringComparison.Ordinal))
                ?? throw new UserErrorException($"'{typed}' is no number of a case: it begins with {string.Join(", ", CaseKind.All.Select(one => $"{one.NodeType[0]}- of {one.NodeType}"))}.");
            var folder = parsed.FilledFolder(data, host);
            OwnersFile.Require(file, folder);
            return QueryCommand.AskFolderAsync(
                host, folder, Role.Regulator, null, id => TokenCommand.ViewerOf(Role.Regulator, id, "supervision", parsed.GetValue(reason)),
                async (endpoint, token) =>
                {
                    using var http = new HttpClient();
                    var session = new CaseSession(kind, "cases inspect", new AskedServer(endpoint, token, http));
                    var variables = new JsonObject { ["id"] = await session.IdOfAsync(session.Noun, typed, cancellation) };
                    var answer = await session.AskAsync($"query($id: ID!) {{ inspection(case: $id) {{ page(language: {parsed.GetValue(language)}) }} }}", variables, cancellation);
                    await using (var writer = new StreamWriter(OwnersFile.Create(file.FullName))) await writer.WriteAsync(answer["inspection"]!["page"]!.GetValue<string>().AsMemory(), cancellation);
                    await host.Out.WriteLineAsync(file.FullName);
                    return ExitCode.Done;
                },
                cancellation);
        });
        return command;
    }
}
