using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Text;

/// Reads and writes the values of one type.
abstract class OjCodec<T>
{
    public abstract T Read(BinaryReader input);
    public abstract void Write(BinaryWriter output, object value);
}

class OjWrongType : Exception
{
    public OjWrongType(string why) : base(why) { }
}

class OjPlain<T> : OjCodec<T>
{
    readonly string name;
    readonly Func<BinaryReader, T> read;
    readonly Action<BinaryWriter, T> write;
    public OjPlain(string name, Func<BinaryReader, T> read, Action<BinaryWriter, T> write)
    {
        this.name = name;
        this.read = read;
        this.write = write;
    }
    public override T Read(BinaryReader input) { return read(input); }
    public override void Write(BinaryWriter output, object value)
    {
        if (!(value is T)) throw Oj.Asked(name, value);
        write(output, (T)value);
    }
}

class OjNullable<T> : OjCodec<T?> where T : struct
{
    readonly OjCodec<T> item;
    public OjNullable(OjCodec<T> item) { this.item = item; }
    public override T? Read(BinaryReader input) { return input.ReadBoolean() ? item.Read(input) : (T?)null; }
    public override void Write(BinaryWriter output, object value)
    {
        output.Write(value != null);
        if (value != null) item.Write(output, value);
    }
}

class OjNullableObject<T> : OjCodec<T> where T : class
{
    readonly OjCodec<T> item;
    public OjNullableObject(OjCodec<T> item) { this.item = item; }
    public override T Read(BinaryReader input) { return input.ReadBoolean() ? item.Read(input) : null; }
    public override void Write(BinaryWriter output, object value)
    {
        output.Write(value != null);
        if (value != null) item.Write(output, value);
    }
}

class OjList<T> : OjCodec<List<T>>
{
    readonly OjCodec<T> item;
    public OjList(OjCodec<T> item) { this.item = item; }
    public override List<T> Read(BinaryReader input)
    {
        int count = input.ReadInt32();
        var values = new List<T>(count);
        for (; count > 0; count--) values.Add(item.Read(input));
        return values;
    }
    public override void Write(BinaryWriter output, object value)
    {
        var list = value as IList;
        if (list == null) throw Oj.Asked("list", value);
        output.Write(list.Count);
        foreach (object each in list) item.Write(output, each);
    }
}

class OjSet<T> : OjCodec<HashSet<T>>
{
    readonly OjCodec<T> item;
    public OjSet(OjCodec<T> item) { this.item = item; }
    public override HashSet<T> Read(BinaryReader input)
    {
        var values = new HashSet<T>();
        for (int count = input.ReadInt32(); count > 0; count--) values.Add(item.Read(input));
        return values;
    }
    public override void Write(BinaryWriter output, object value)
    {
        var held = value as ISet<T>;
        if (held == null) throw Oj.Asked("set", value);
        output.Write(held.Count);
        foreach (T each in held) item.Write(output, each);
    }
}

class OjMap<K, V> : OjCodec<Dictionary<K, V>>
{
    readonly OjCodec<K> key;
    readonly OjCodec<V> item;
    public OjMap(OjCodec<K> key, OjCodec<V> item) { this.key = key; this.item = item; }
    public override Dictionary<K, V> Read(BinaryReader input)
    {
        var values = new Dictionary<K, V>();
        for (int count = input.ReadInt32(); count > 0; count--)
        {
            K name = key.Read(input);
            values[name] = item.Read(input);
        }
        return values;
    }
    public override void Write(BinaryWriter output, object value)
    {
        var held = value as IDictionary;
        if (held == null) throw Oj.Asked("map", value);
        output.Write(held.Count);
        foreach (DictionaryEntry pair in held)
        {
            key.Write(output, pair.Key);
            item.Write(output, pair.Value);
        }
    }
}
/*OJ_NODES*/
static class Oj
{
    public const int Longest = 5000000;

    public static readonly OjCodec<bool> Bool =
        new OjPlain<bool>("bool", input => input.ReadBoolean(), (output, value) => output.Write(value));
    public static readonly OjCodec<int> Int =
        new OjPlain<int>("int", input => input.ReadInt32(), (output, value) => output.Write(value));
    public static readonly OjCodec<long> Long =
        new OjPlain<long>("long", input => input.ReadInt64(), (output, value) => output.Write(value));
    public static readonly OjCodec<double> Float =
        new OjPlain<double>("float", input => input.ReadDouble(), (output, value) => output.Write(value));
    public static readonly OjCodec<char> Char =
        new OjPlain<char>("char", input => (char)input.ReadByte(), (output, value) =>
        {
            if (value > 127) throw new OjWrongType("a char is one ASCII character");
            output.Write((byte)value);
        });
    public static readonly OjCodec<string> String =
        new OjPlain<string>("string", input => Encoding.UTF8.GetString(input.ReadBytes(input.ReadInt32())), (output, value) =>
        {
            byte[] raw = Encoding.UTF8.GetBytes(value);
            output.Write(raw.Length);
            output.Write(raw);
        });

    public static OjWrongType Asked(string type, object value)
    {
        return new OjWrongType("asked for " + type + ", got " + (value == null ? "null" : value.GetType().Name));
    }

    static void Finish<T>(OjCodec<T> type, object result)
    {
        var reply = new MemoryStream();
        var output = new BinaryWriter(reply);
        output.Write((byte)1);
        try
        {
            type.Write(output, result);
        }
        catch (OjWrongType wrong)
        {
            reply.SetLength(0);
            output.Write((byte)2);
            String.Write(output, wrong.Message);
        }
        File.WriteAllBytes("/scratch/oj_reply", reply.ToArray());
        Console.Out.Flush();
        Environment.Exit(0);
    }

    static void Main()
    {
        var raw = new MemoryStream();
        Console.OpenStandardInput().CopyTo(raw);
        raw.Position = 0;
        var input = new BinaryReader(raw);
/*OJ_CALL*/
    }
}
