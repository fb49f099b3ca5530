using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace GraphRisk.Server.Security;

/// <summary>A random key of 256 bits in a file that only its owner may read, made at first use.</summary>
public static class KeyFile
{
    private const int Bytes = 32;
    private const string CheckOf = ".check";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Reads the key, making it when it was never made. Two processes that start together agree on one. A file beside it, of whose text the key cannot be told, says
    /// which was made: one that was lost, damaged or exchanged is refused, since by another no id, token or pseudonym given out before is understood.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is not the key that was made, or others than its owner may read it.</exception>
    public static byte[] LoadOrCreate(string path)
    {
        var check = path + CheckOf;
        var wasMade = File.Exists(check);
        if (!File.Exists(path)) Create(path, wasMade ? throw NotTheOneMade(path, "is gone") : RandomNumberGenerator.GetBytes(Bytes));
        var key = Load(path);
        byte[] mark = [.. "graphrisk key "u8, .. key];
        var expected = Convert.ToHexStringLower(SHA256.HashData(mark).AsSpan(0, 8));
        if (!wasMade) Create(check, Encoding.ASCII.GetBytes(expected));
        return !wasMade || File.ReadAllText(check) == expected ? key : throw NotTheOneMade(path, "is damaged or another");
    }

    /// <summary>Makes the key where there is none, and notes nothing beside it: for one by which what it closes tells whether it is the right one.</summary>
    internal static void MakeOnce(string path)
    {
        if (!File.Exists(path)) Create(path, RandomNumberGenerator.GetBytes(Bytes));
    }

    /// <summary>Reads the key of a file that must be there.</summary>
    /// <exception cref="InvalidDataException">The file is not a key, or others than its owner may read it.</exception>
    public static byte[] Load(string path)
    {
        var key = Read(path);
        return key.Length == Bytes ? key : throw new InvalidDataException($"{path} is not a key of {Bytes} bytes. {PutBack(path)}");
    }

    /// <summary>What a key file holds.</summary>
    /// <exception cref="InvalidDataException">Others than its owner may read it.</exception>
    internal static byte[] Read(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnly) != 0)
            throw new InvalidDataException($"Others may read the key {path}: run chmod 600 on it.");
        return File.ReadAllBytes(path);
    }

    // Written aside and linked into place, so that a reader never sees half a key and the first writer wins: where a name exists, linking
    // fails, whereas moving may look first and then take it from another. Under a name of its own, since processes of several containers
    // have the same number.
    internal static void Create(string path, byte[] key)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var aside = $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using (var file = new FileStream(aside, options)) file.Write(key);
        try
        {
            if (OperatingSystem.IsWindows() || (Link(Native(aside), Native(path)) != 0 && !File.Exists(path))) File.Move(aside, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another was first; its key counts.
        }

        File.Delete(aside);
    }

    private static InvalidDataException NotTheOneMade(string path, string why) => new($"The key {path} {why}. {PutBack(path)}");

    private static string PutBack(string path) => $"Put it back from a backup; or delete it and {path}{CheckOf} to have a new one made, by which nothing given out before is understood.";

    private static byte[] Native(string path) => Encoding.UTF8.GetBytes(path + '\0');

    [DllImport("libc", EntryPoint = "link")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link(byte[] from, byte[] to);
}
