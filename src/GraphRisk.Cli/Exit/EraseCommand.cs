using System.CommandLine;
using System.Globalization;
using GraphRisk.Cli.Backups;
using GraphRisk.Cli.Commands;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Security;
using GraphRisk.Server.Security.Audit;
using GraphRisk.Stores;
using GraphRisk.Stores.Sqlite;
using GraphRisk.Workflow.Decisions;
using GraphRisk.Workflow.Erasure;

namespace GraphRisk.Cli.Exit;

/// <summary><c>graphrisk erase</c>: erases one client, or the whole installation.</summary>
internal static class EraseCommand
{
    public static Command Build(Host host)
    {
        var client = new Option<string?>("--client") { Description = "The client: the id of any of its records, as Type/Key. All its records go.", HelpName = "ID" };
        var all = new Option<bool>("--all") { Description = "The whole installation; everything must have been exported before." };
        var request = new Option<bool>("--request") { Description = "Ask for it: it is filed, and another person carries it out within thirty days." };
        var carryOut = new Option<bool>("--carry-out") { Description = "Carry out what another person asked for." };
        var resume = new Option<bool>("--resume") { Description = "Bring an erasure that was broken off to its end, or take it back where it was not decided yet." };
        var by = new Option<string?>("--by") { Description = "Who asks, or carries out.", HelpName = "NAME" };
        var reason = new Option<string?>("--reason") { Description = "Why; with --request. It is kept in the audit trail: do not name the client in it.", HelpName = "TEXT" };
        var certificate = new Option<DirectoryInfo?>("--certificate") { Description = "Folder for the certificate, outside of the data folder; with --carry-out.", HelpName = "DIR" };
        var holds = new Option<FileInfo?>("--holds") { Description = "Table of legal holds in the place of the shipped one, of the same form.", HelpName = "FILE" };
        var (data, json) = (CommonOptions.Data(), CommonOptions.Json());
        var command = new ExampleCommand("erase",
            "Erase a client, or with --all the whole installation. Alone it says what would go, and which legal holds forbid it, and writes nothing. It takes two persons: one asks with --request, another carries it out with --carry-out. "
            + "Of the client no name, identifier or telephone number is left in any file of the folder: every recording about it becomes a tombstone, in those of others it is struck out, filed scores and rows in quarantine go, what is derived is made again. "
            + "The audit trail stays and names it by ids of records. The server must be stopped. The certificate says what went, what stays and which copies elsewhere still hold it.",
            "erase --client Person/registry:P000123 --data data",
            "erase --client Person/registry:P000123 --request --by 'Li Na' --reason 'asked for on 2026-03-02, case 17' --data data",
            "erase --client Person/registry:P000123 --carry-out --by 'Chen Jie' --certificate certificates --data data",
            "erase --all --data data",
            "erase --resume --data data")
        { client, all, request, carryOut, resume, by, reason, certificate, holds, data, json };
        command.Validators.Add(result =>
        {
            var what = new[] { result.GetValue(client) is not null, result.GetValue(all), result.GetValue(resume) }.Count(one => one);
            if (what != 1) result.AddError("Say what is erased: --client ID or --all; or --resume.");
            if (result.GetValue(request) && result.GetValue(carryOut)) result.AddError("--request and --carry-out take two persons, and two runs.");
            if ((result.GetValue(request) || result.GetValue(carryOut)) && string.IsNullOrWhiteSpace(result.GetValue(by))) result.AddError("Say who with --by NAME.");
            if (result.GetValue(request) && string.IsNullOrWhiteSpace(result.GetValue(reason))) result.AddError("Say why with --reason TEXT.");
            if (result.GetValue(carryOut) && result.GetValue(certificate) is null) result.AddError("Say where the certificate goes with --certificate DIR.");
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            var configured = host.In(parsed.GetValue(data)!.FullName);
            RequireEmbedded(configured);
            var folder = new DataFolder(parsed.GetValue(data)!.FullName).SharedAsIn(configured);
            if (parsed.GetValue(resume)) return await ResumeAsync(host, folder);
            StoreGuard.Require(folder);
            if (parsed.GetValue(certificate) is { } target) BackupCommand.RequireApart(folder, target.FullName);
            var how = new ErasureAsked(
                parsed.GetValue(request), parsed.GetValue(carryOut), parsed.GetValue(by)?.Trim() ?? "", parsed.GetValue(reason)?.Trim() ?? "", parsed.GetValue(certificate)?.FullName ?? "",
                parsed.GetValue(holds) is { } file ? LegalHoldTable.Read(file.Name, await File.ReadAllTextAsync(file.FullName, cancellation)) : LegalHoldTable.Shipped(), parsed.GetValue(json));
            return parsed.GetValue(client) is { } id
                ? await OfClientAsync(host, new Workbench(host, folder), id, how, cancellation)
                : await InstallationErasure.RunAsync(host, folder, how, cancellation);
        });
        return command;
    }

    /// <summary>Refuses a store on Neo4j.</summary>
    /// <exception cref="UserErrorException">The configuration names one.</exception>
    private static void RequireEmbedded(Host host)
    {
        if (Stores.Neo4j.Neo4jOptions.FromEnvironment(host.Variable) is { } server)
            throw new UserErrorException(
                $"The store is on Neo4j ({server.Url}), whose transaction logs, indexes and backups keep what is deleted in the graph, so an erasure there could not be certified. "
                + "'graphrisk store copy --from neo4j: --to sqlite:FOLDER/store.db --purpose operation', erase there, and 'store copy' it into an empty database; then drop the old one.");
    }

    private static async Task<int> ResumeAsync(Host host, DataFolder folder)
    {
        if (UnfinishedErasure.IsDecided(folder))
        {
            var decided = await UnfinishedErasure.FinishAsync(folder, CancellationToken.None);
            if (!decided.IsWhole) await Filing.NoteAsync(host, folder, Done(decided));
            await NoteInBackupsAsync(host, decided.Certificate);
            UnfinishedErasure.End(folder);
            await host.Out.WriteLineAsync($"The erasure that was broken off has been brought to its end; its certificate is {Path.Combine(decided.CertificateFolder, decided.CertificateName)}.txt.");
        }
        else
        {
            await host.Out.WriteLineAsync(UnfinishedErasure.TakeBack(folder) ? "The erasure that was broken off was not decided yet: everything is as it was." : $"No erasure was broken off in '{folder.Path}'.");
        }

        return ExitCode.Done;
    }

    private static async Task<int> OfClientAsync(Host host, Workbench bench, string client, ErasureAsked how, CancellationToken cancellation)
    {
        var erasure = new ClientErasure(host, bench);
        ErasureOutlook outlook;
        await using (var store = GraphStores.OpenSqlite(bench.Folder.Store, bench.Catalog, StoreGuard.Require(bench.Folder)))
        {
            var records = await ClientErasure.RecordsOfAsync(store, client, cancellation);
            outlook = await new Stages(host.Error, host.Clock).RunAsync("look", _ => erasure.LookAsync(store, records, how.Holds, cancellation));
        }

        var ids = outlook.Plan.Parties.Select(id => id.ToString()).ToList();
        if (!how.IsRequest && !how.IsCarriedOut)
        {
            await Filing.NoteAsync(host, bench.Folder, new Deed(AuditAct.Command, "erase", "what would be erased") { Whose = client });
            await host.Out.WriteLineAsync(how.AsJson ? Json.Of(ErasureTelling.Of(outlook)) : ErasureTelling.Text(outlook));
            return ExitCode.Done;
        }

        RequirePossible(outlook);
        if (how.IsRequest)
        {
            if (outlook.Plan.Sought.In(how.Reason).Any()) throw new UserErrorException("--reason names the client, and is kept: word it without.");
            await ErasureRequests.FileAsync(host, bench.Folder, client, how.By, how.Reason);
            await host.Out.WriteLineAsync($"Filed: {how.By} asks for the erasure of {client}. Somebody else carries it out within {ErasureRequests.TermDays} days.");
            return ExitCode.Done;
        }

        var hands = HandsOf(bench.Folder, ids, client, how, host.Clock.GetUtcNow(), cancellation);
        var (certificate, hash) = await Filing.RunAsync(
            host, bench.Folder, new Deed(AuditAct.Command, ErasureRequests.CarriedOut, $"by {how.By}") { Whose = client, Reason = hands.Reason },
            () => new Stages(host.Error, host.Clock).RunAsync("erase", progress => erasure.RunAsync(client, outlook, hands, how.Holds, how.Certificates, progress, cancellation)),
            outcome => CertificateDetail(outcome.Hash));
        await NoteInBackupsAsync(host, Json.Of(certificate));
        UnfinishedErasure.End(bench.Folder);
        await host.Out.WriteLineAsync(how.AsJson ? Json.Of(certificate) : $"{certificate.ToText()}{Path.Combine(how.Certificates, certificate.Name)}.txt, .json with SHA-256 {hash}");
        return ExitCode.Done;
    }

    /// <summary>Who asked, and who carries it out.</summary>
    /// <exception cref="UserErrorException">Nobody asked, or the same person.</exception>
    public static ErasureHands HandsOf(DataFolder folder, IReadOnlyCollection<string> ids, string what, ErasureAsked how, DateTimeOffset now, CancellationToken cancellation)
    {
        var request = ErasureRequests.Find(folder, ids, now, cancellation)
            ?? throw new UserErrorException($"Nobody asked for the erasure of {what} within {ErasureRequests.TermDays} days: it takes two persons, and one asks with --request --by NAME --reason TEXT.");
        return Mover.Told(request.By) == Mover.Told(how.By)
            ? throw new UserErrorException($"{request.By} asked for it, so somebody else carries it out.")
            : new ErasureHands(request.By, request.At, request.Reason, how.By);
    }

    private static async Task NoteInBackupsAsync(Host host, string certificate)
    {
        foreach (var place in ErasureLog.Note(certificate))
            await host.Error.WriteLineAsync($"The backups in '{place}' cannot be reached: who restores them names the certificate by 'graphrisk restore --erased DIR', or the client is there again.");
    }

    private static string CertificateDetail(string hash) => $"certificate {hash}";

    private static Deed Done(DecidedErasure decided) =>
        new(AuditAct.Command, ErasureRequests.CarriedOut, $"brought to its end after it was broken off, {CertificateDetail(ErasureCertificate.HashOf(decided.Certificate))}") { Whose = decided.Whose };

    private static void RequirePossible(ErasureOutlook outlook)
    {
        if (outlook.Holds.Count > 0)
            throw new UserErrorException($"Legal holds forbid it: {string.Join("; ", outlook.Holds.Select(found => string.Create(CultureInfo.InvariantCulture, $"{found.Hold.Name} ({found.Why}; {found.Hold.Basis})")))}.");
        var refused = outlook.Files.Where(file => file.Value == FileFate.Refused).Select(file => file.Key).ToList();
        if (refused.Count > 0) throw new UserErrorException($"The client stands in files that cannot be erased from: {string.Join(", ", refused)}. Take them away first.");
    }
}

/// <summary>How an erasure was asked for.</summary>
/// <param name="IsRequest">It is asked for.</param>
/// <param name="IsCarriedOut">It is carried out.</param>
/// <param name="By">By whom.</param>
/// <param name="Reason">Why.</param>
/// <param name="Certificates">Where the certificate goes.</param>
/// <param name="Holds">Legal holds.</param>
/// <param name="AsJson">Whether the answer is JSON.</param>
internal sealed record ErasureAsked(bool IsRequest, bool IsCarriedOut, string By, string Reason, string Certificates, LegalHoldTable Holds, bool AsJson);
