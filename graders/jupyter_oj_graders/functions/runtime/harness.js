
;(function () {
  // What comes through here has no type, so that a compiler of TypeScript lets us do with it what we do.
  function oj_untyped(value) { return value; }
  const oj_require = oj_untyped(require);
  const oj_fs = oj_require("fs");
  const oj_process = oj_require("process");
  const Buffer = oj_require("buffer").Buffer;
  const oj_raw = oj_fs.readFileSync(0);
  const oj_view = new DataView(oj_raw.buffer, oj_raw.byteOffset, oj_raw.length);
  const oj_longest = 5000000;
  let oj_at = 0;
  let oj_out = Buffer.alloc(1 << 12);
  let oj_end = 0;

  function oj_take(size) { oj_at += size; return oj_at - size; }
  // Where there is room for so many bytes; called before oj_out is looked at, which it may replace.
  function oj_room(size) {
    if (oj_end + size > oj_out.length) {
      const larger = Buffer.alloc(2 * (oj_end + size));
      oj_out.copy(larger, 0, 0, oj_end);
      oj_out = larger;
    }
    oj_end += size;
    return oj_end - size;
  }
  function oj_count() { return oj_view.getUint32(oj_take(4), true); }
  function oj_put_count(count) { const at = oj_room(4); oj_out.writeUInt32LE(count, at); }
  function oj_wrong(why) { const error = oj_untyped(new Error(why)); error.oj_wrong_type = true; throw error; }
  function oj_name(value) {
    if (value === null || typeof value !== "object") return value === null ? "null" : typeof value;
    return value.constructor && value.constructor.name || "object";
  }
  function oj_missing(name) { throw new ReferenceError("There is no function " + name + " in your program."); }
  function oj_asked(asked, value) { return oj_wrong("asked for " + asked + ", got " + oj_name(value)); }
  function oj_flag() { return oj_raw[oj_take(1)] === 1; }
  function oj_put_byte(byte) { const at = oj_room(1); oj_out[at] = byte; }

  const oj_bool = {
    read: oj_flag,
    write: (value) => typeof value === "boolean" ? oj_put_byte(value ? 1 : 0) : oj_asked("boolean", value),
  };
  const oj_int = {
    read: () => oj_view.getInt32(oj_take(4), true),
    write: (value) => {
      if (typeof value !== "number") oj_asked("int (a number)", value);
      if (value !== Math.trunc(value) || Math.abs(value) > 2147483648 || value === 2147483648) oj_wrong(value + " is no int of 32 bits");
      const at = oj_room(4);
      oj_out.writeInt32LE(value + 0, at);
    },
  };
  const oj_long = {
    read: () => oj_view.getBigInt64(oj_take(8), true),
    write: (value) => {
      if (typeof value === "number" && Number.isSafeInteger(value)) value = BigInt(value);
      if (typeof value !== "bigint") oj_asked("long (a bigint)", value);
      if (BigInt.asIntN(64, value) !== value) oj_wrong(value + " is no long of 64 bits");
      const at = oj_room(8);
      oj_out.writeBigInt64LE(value, at);
    },
  };
  const oj_float = {
    read: () => oj_view.getFloat64(oj_take(8), true),
    write: (value) => {
      if (typeof value !== "number") oj_asked("float (a number)", value);
      const at = oj_room(8);
      oj_out.writeDoubleLE(value, at);
    },
  };
  const oj_char = {
    read: () => String.fromCharCode(oj_raw[oj_take(1)]),
    write: (value) => typeof value === "string" && value.length === 1 && value.charCodeAt(0) < 128
      ? oj_put_byte(value.charCodeAt(0)) : oj_asked("char (a string of one ASCII character)", value),
  };
  const oj_string = {
    read: () => { const size = oj_count(); return oj_raw.toString("utf8", oj_take(size), oj_at); },
    write: (value) => {
      if (typeof value !== "string") oj_asked("string", value);
      const raw = Buffer.from(value, "utf8");
      oj_put_count(raw.length);
      const at = oj_room(raw.length);
      raw.copy(oj_out, at);
    },
  };
  function oj_nullable(item) {
    return {
      read: () => oj_flag() ? item.read() : null,
      write: (value) => {
        const is_null = value === null || value === undefined;
        oj_put_byte(is_null ? 0 : 1);
        if (!is_null) item.write(value);
      },
    };
  }
  function oj_read_all(item) {
    const values = [];
    for (let count = oj_count(); count > 0; count--) values.push(item.read());
    return values;
  }
  function oj_write_all(item, values) {
    oj_put_count(values.length);
    for (let i = 0; i < values.length; i++) item.write(values[i]);
  }
  function oj_list(item) {
    return {
      read: () => oj_read_all(item),
      write: (value) => Array.isArray(value) || ArrayBuffer.isView(value) && !(value instanceof DataView)
        ? oj_write_all(item, value) : oj_asked("list (an array)", value),
    };
  }
  const oj_graph = oj_list(oj_list(oj_int));
  function oj_set(item) {
    return {
      read: () => new Set(oj_read_all(item)),
      write: (value) => value instanceof Set ? oj_write_all(item, Array.from(value)) : oj_asked("Set", value),
    };
  }
  function oj_map(key, item) {
    return {
      read: () => {
        const found = new Map();
        for (let count = oj_count(); count > 0; count--) { const name = key.read(); found.set(name, item.read()); }
        return found;
      },
      write: (value) => {
        if (!(value instanceof Map)) oj_asked("Map", value);
        const pairs = Array.from(value);
        oj_put_count(pairs.length);
        for (const pair of pairs) { key.write(pair[0]); item.write(pair[1]); }
      },
    };
  }
  function oj_field(node, name, kind) {
    if (typeof node !== "object" || !(name in node)) oj_asked(kind, node);
    return node[name];
  }
  const oj_nodes = oj_untyped(/*OJ_NODES*/);
  function oj_linked_list(item) {
    return {
      read: () => {
        const values = oj_read_all(item);
        let head = null;
        while (values.length) {
          const node = oj_nodes[0] ? new oj_nodes[0](values.pop(), null) : { val: values.pop(), next: null };
          node.next = head;
          head = node;
        }
        return head;
      },
      write: (node) => {
        const values = [];
        for (; node !== null && node !== undefined; node = oj_field(node, "next", "ListNode")) {
          values.push(oj_field(node, "val", "ListNode"));
          if (values.length > oj_longest) oj_wrong("the linked list does not end: it runs in a circle");
        }
        oj_write_all(item, values);
      },
    };
  }
  function oj_tree(item) {
    const entry = oj_nullable(item);
    function oj_node(value) {
      if (value === null || value === undefined) return null;
      return oj_nodes[1] ? new oj_nodes[1](value, null, null) : { val: value, left: null, right: null };
    }
    return {
      read: () => {
        const values = oj_read_all(entry);
        const root = oj_node(values[0]);
        const level = root === null ? [] : [root];
        for (let i = 0, next = 1; i < level.length; i++, next += 2) {
          level[i].left = oj_node(values[next]);
          level[i].right = oj_node(values[next + 1]);
          if (level[i].left !== null) level.push(level[i].left);
          if (level[i].right !== null) level.push(level[i].right);
        }
        return root;
      },
      write: (root) => {
        const level = [root];
        for (let i = 0; i < level.length; i++) {
          const node = level[i];
          if (node !== null && node !== undefined)
            level.push(oj_field(node, "left", "TreeNode"), oj_field(node, "right", "TreeNode"));
          if (level.length > oj_longest) oj_wrong("the tree does not end: it runs in a circle");
        }
        while (level.length && (level[level.length - 1] === null || level[level.length - 1] === undefined)) level.pop();
        oj_put_count(level.length);
        for (const node of level) entry.write(node === null || node === undefined ? null : oj_field(node, "val", "TreeNode"));
      },
    };
  }

  const oj_arguments = oj_untyped(/*OJ_READ*/);
  const oj_result = /*OJ_CALL*/;
  oj_put_byte(1);
  try {
    (/*OJ_RESULT*/).write(oj_result);
  } catch (error) {
    if (!error || !error.oj_wrong_type) throw error;
    oj_end = 0;
    oj_put_byte(2);
    oj_string.write(error.message);
  }
  oj_fs.writeFileSync("/scratch/oj_reply", oj_out.subarray(0, oj_end));
  oj_process.exit(0);
})();
