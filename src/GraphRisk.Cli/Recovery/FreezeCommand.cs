using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using GraphRisk.Cli.Commands;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Decisions;
using GraphRisk.Cli.Output;
using GraphRisk.Cli.Recovery.Printing;
using GraphRisk.Server.Security;
using GraphRisk.Workflow.Decisions;
using GraphRisk.Workflow.Recovery;

namespace GraphRisk.Cli.Recovery;

/// <summary><c>graphrisk freeze</c>: requests to freeze, from the draft to the end of the freeze, and the paper to print.</summary>
internal static class FreezeCommand
{
    private const string Name = "freeze";

    public static Command Build(Host host)
    {
        var commands = new CaseCommands(host, CaseKind.FreezeRequest, new Dictionary<Role, string> { [Role.Broker] = "default-disposal", [Role.Regulator] = "default-disposal" }, Name);
        var command = new Command(Name, "Requests to freeze after a default: draft one with what the search for assets gives, list them, approve by another person, send, file what the court did, print.") { BuildDraft(commands), BuildPrint(commands) };
        foreach (var one in commands.All()) command.Add(one);
        return command;
    }

    private static ExampleCommand BuildDraft(CaseCommands commands)
    {
        var of = new Option<string>("--default") { Description = "The default, by its number as 'default list' names it, or its id.", Required = true, HelpName = "ID" };
        var basis = new Option<string?>("--legal-basis") { Description = "On what law it rests; the articles of the Civil Procedure Law on preservation where absent.", HelpName = "TEXT" };
        var attachments = new Option<string[]>("--attachment") { Description = "What is attached; may be given several times.", HelpName = "TEXT" };
        var (actor, carried, key) = (commands.Actor(), commands.Carried("draft"), CaseCommands.Key());
        var command = new ExampleCommand("draft", "Draft a request to freeze for a default, with the assets the search gives now, which are kept with it.",
            "freeze draft --of B001 --by li.wei --default D-0123-4567-89AB-CDEF --attachment \"margin contract\" --attachment \"statement of 2025-09-30\"")
        { of, basis, attachments, key };
        foreach (var (_, option) in carried) command.Add(option);
        CaseCommands.Add(command, actor);
        command.SetAction((parsed, cancellation) => commands.RunAsync(parsed, actor, null, async session =>
        {
            List<(string, string, JsonNode)> given =
            [
                ("default", "ID!", await session.IdOfAsync("default", parsed.GetValue(of)!, cancellation)), ("key", "String!", CaseCommands.KeyOf(parsed, key)), .. CaseCommands.Read(parsed, carried),
            ];
            if (parsed.GetValue(basis) is { } law) given.Add(("legalBasis", "String!", law));
            if (parsed.GetValue(attachments) is { Length: > 0 } titles) given.Add(("attachments", "[String!]!", new JsonArray([.. titles.Select(title => JsonValue.Create(title))])));
            await commands.TellAsync(await session.CommandAsync("draftFreezeRequest", given, cancellation), parsed.GetValue(actor.Json));
        }, cancellation));
        return command;
    }

    private static ExampleCommand BuildPrint(CaseCommands commands)
    {
        var id = new Argument<string>("request") { Description = "Its number, as 'freeze list' names it." };
        var output = new Option<FileInfo>("--output") { Description = "File for the paper, only its owner may read it: .json for JSON, .pdf for PDF, anything else for a page to print.", Required = true, HelpName = "FILE" };
        var font = new Option<FileInfo?>("--font") { Description = "A font with Chinese and TrueType outlines (.ttf or .ttc) for a PDF; one of the system where absent.", HelpName = "FILE" };
        var reason = new Option<string>("--reason") { Description = "Why it is handed out with names and numbers; filed.", Required = true, HelpName = "TEXT" };
        var actor = commands.Actor();
        var command = new ExampleCommand("print", "Write a request to freeze, as it was drafted and with its states so far, as JSON, as PDF or as a page to print of the same content.",
            "freeze print F-0123-4567-89AB-CDEF --output freeze.html --of B001 --by li.wei --reason \"to the court\"")
        { id, output, font, reason };
        CaseCommands.Add(command, actor);
        command.SetAction((parsed, cancellation) => commands.RunAsync(parsed, actor, parsed.GetValue(reason), async session =>
        {
            var file = parsed.GetValue(output)!;
            OwnersFile.Require(file, new DataFolder(parsed.GetValue(actor.Data)!.FullName));
            var isPdf = file.Extension.Equals(".pdf", StringComparison.OrdinalIgnoreCase);
            var face = isPdf ? FontOf(parsed.GetValue(font)) : null;
            var format = isPdf || file.Extension.Equals(".json", StringComparison.OrdinalIgnoreCase) ? "JSON" : "HTML";
            var variables = new JsonObject { ["id"] = await session.IdOfAsync("freezeRequest", parsed.GetValue(id)!, cancellation) };
            var paper = (await session.AskAsync($"query($id: ID!) {{ node(id: $id) {{ ... on FreezeRequest {{ paper(format: {format}) }} }} }}", variables, cancellation))["node"]?["paper"]?.GetValue<string>()
                ?? throw new UserErrorException("There is no paper of this request: the history of another system, as the demo's, comes without papers, and those of other brokers are theirs. 'freeze draft' makes one with its paper.");
            await using (var written = OwnersFile.Create(file.FullName))
                await written.WriteAsync(face is null ? Encoding.UTF8.GetBytes(paper) : FreezePdf.Write(CanonicalJson.Read<FreezePaper>(paper), face, commands.Clock.GetUtcNow()), cancellation);
            await commands.Out.WriteLineAsync($"{file.FullName}");
        }, cancellation));
        return command;
    }

    private static byte[] FontOf(FileInfo? named)
    {
        var file = named ?? ChineseFont.Find() ?? throw new UserErrorException("No font with Chinese is found on this system: name one with --font, or write a page (.html) and print that.");
        if (!file.Exists) throw new UserErrorException($"There is no file '{file.FullName}'.");
        try
        {
            return ChineseFont.Read(file);
        }
        catch (InvalidDataException error)
        {
            throw new UserErrorException(error.Message);
        }
    }
}
