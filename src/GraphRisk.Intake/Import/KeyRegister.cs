using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace GraphRisk.Intake.Import;

/// <summary>
/// Remembers the keys a file has stated, by their 64-bit hashes: 16 bytes a slot in an open table, at most half full.
/// It grows to a limit, behind which new keys are no longer remembered, so that a file of any size is read in bounded
/// memory. Two keys among ten million share a hash with a chance of about 3e-6.
/// </summary>
public sealed class KeyRegister
{
    /// <summary>Keys remembered at most, in some 270 MB.</summary>
    public const int DefaultLimit = 8_000_000;

    private readonly int limit;
    private ulong[] keys = new ulong[256];
    private ulong[] values = new ulong[256];
    private int count;

    public KeyRegister(int limit = DefaultLimit) => this.limit = limit;

    /// <summary>Whether keys were met that could not be remembered.</summary>
    public bool Full { get; private set; }

    /// <summary>Hash of parts that belong together.</summary>
    public static ulong Hash(params ReadOnlySpan<string> parts)
    {
        ulong hash = 0x9E3779B97F4A7C15;
        foreach (var part in parts)
            hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(part.AsSpan()), unchecked((long)hash));
        return hash;
    }

    /// <summary>Remembers a key with a value; false, with the value it had, where it was known.</summary>
    public bool TryAdd(ulong key, ulong value, out ulong known)
    {
        var slot = Find(key);
        known = values[slot];
        if (keys[slot] != 0) return false;
        Insert(slot, key, value);
        return true;
    }

    /// <summary>The value of a key; false where it is not known.</summary>
    public bool TryGet(ulong key, out ulong value)
    {
        var slot = Find(key);
        value = values[slot];
        return keys[slot] != 0;
    }

    /// <summary>Counts a key and returns how often it was met, this time included; 1 for every key not remembered.</summary>
    public int Count(ulong key)
    {
        var slot = Find(key);
        if (keys[slot] != 0) return (int)++values[slot];
        Insert(slot, key, 1);
        return 1;
    }

    private int Find(ulong key)
    {
        key = Stored(key);
        var mask = keys.Length - 1;
        var slot = (int)key & mask;
        while (keys[slot] != 0 && keys[slot] != key) slot = (slot + 1) & mask;
        return slot;
    }

    /// <summary>Zero marks an empty slot.</summary>
    private static ulong Stored(ulong key) => key == 0 ? 1 : key;

    private void Insert(int slot, ulong key, ulong value)
    {
        if (count == limit)
        {
            Full = true;
            return;
        }

        (keys[slot], values[slot]) = (Stored(key), value);
        if (++count * 2 < keys.Length) return;
        var (oldKeys, oldValues) = (keys, values);
        (keys, values) = (new ulong[oldKeys.Length * 2], new ulong[oldKeys.Length * 2]);
        for (var i = 0; i < oldKeys.Length; i++)
        {
            if (oldKeys[i] == 0) continue;
            var place = Find(oldKeys[i]);
            (keys[place], values[place]) = (oldKeys[i], oldValues[i]);
        }
    }
}
